-- PostgresReleaseTables: creates a release's own table; it has no index until it is loaded.
create table {table} (like {parent})
