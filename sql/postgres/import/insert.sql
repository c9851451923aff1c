-- PostgresCsvTarget: receives rows in PostgreSQL's text COPY format.
copy {table} ({columns}) from stdin
