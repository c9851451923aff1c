-- PostgresReleaseTables: indexes a loaded table by its key.
alter table {table} add primary key ({key})
