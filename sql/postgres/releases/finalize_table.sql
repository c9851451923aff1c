-- PostgresReleaseTables: ends a detach that was interrupted.
alter table {parent} detach partition {table} finalize
