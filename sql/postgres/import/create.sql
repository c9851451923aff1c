-- CsvLoader: creates the table that an import fills.
create table {table} ({definitions})
