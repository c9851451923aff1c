-- RecommenderRegistry.DropAsync: drops the row that names the current release.
drop table if exists {pointer}
