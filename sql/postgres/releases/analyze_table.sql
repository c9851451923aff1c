-- PostgresReleaseTables: gathers the statistics of a loaded table.
analyze {table}
