-- PostgresReleaseTables: takes a release's table out of its parent without blocking readers.
alter table {parent} detach partition {table} concurrently
