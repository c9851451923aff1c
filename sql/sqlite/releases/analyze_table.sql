-- SqliteReleaseTables: gathers statistics of a table that has grown.
analyze {table}
