-- PostgresReleaseTables: makes a table the partition of its release; what the parent is locked for is not waited for long.
set local lock_timeout = '5s';
alter table {parent} attach partition {table} for values in ({release})
