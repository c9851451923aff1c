-- ReleaseStore.DropRecommenderAsync: drops a view.
drop view if exists {view}
