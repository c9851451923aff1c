-- RecommenderRegistry.DropAsync: drops a table.
drop table if exists {table}
