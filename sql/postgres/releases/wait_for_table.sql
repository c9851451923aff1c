-- PostgresReleaseTables: waits, however long a backup takes, until this transaction alone holds a release's own table.
set local lock_timeout = 0;
lock table {table} in access exclusive mode
