-- PostgresReleaseTables: gathers the statistics of the key of a loaded table of lists; those of its arrays cost seconds and serve no plan.
analyze {table} ({key})
