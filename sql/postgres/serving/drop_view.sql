-- RecommenderRegistry.DropAsync: drops a view and what depends on it.
drop view if exists {view} cascade
