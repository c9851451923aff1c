-- RecommenderRegistry.DropAsync: drops a view.
drop view if exists {view}
