-- PostgresSession.ReadRowsAsync: columns of all rows of a relation, binary.
copy (
    select {columns}
    from {source} as q
) to stdout (format binary)
