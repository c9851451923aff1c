-- PostgresReleaseTables: waits until no other session loads into a release's own table; whoever only reads it is not in the way.
lock table {table} in share mode
