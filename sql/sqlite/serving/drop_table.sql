-- ReleaseStore.DropRecommenderAsync: drops a table.
drop table if exists {table}
