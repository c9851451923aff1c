-- CsvLoader: drops the table that an import replaces, in the transaction of the import.
drop table if exists {table}
