-- RecommenderRegistry.DropAsync: drops a table and its partitions.
drop table if exists {table} cascade
