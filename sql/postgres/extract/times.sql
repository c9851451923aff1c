-- PostgresSession.ReadTimesAsync: the newest time that is not later than now; one row, binary.
copy (
    select max({columns})
    from {source} as q
    where q.{time} <= {now}
) to stdout (format binary)
