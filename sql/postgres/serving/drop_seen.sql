-- RecommenderRegistry.DropAsync: drops the view of what users have just taken, and what depends on it.
drop view if exists {seen} cascade
