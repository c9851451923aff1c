-- PostgresSession.ReadEventsAsync: user, item, time, value, event of the rows inside the window, and of those whose time is
-- missing or impossible (they are bad rows, and bad rows are counted); binary.
copy (
    select {columns}
    from {source} as q
    where (q.{time} > {from_time} and q.{time} <= {as_of})
       or q.{time} is null
       or q.{time} < {epoch}
       or q.{time} > {now}
) to stdout (format binary)
