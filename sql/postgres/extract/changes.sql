-- PostgresSession.ReadChangesAsync: user, item, time, value, event, key, watermark of the rows that are not stored: changed after the
-- cut, later than what was seen, or without a usable time or watermark; binary.
copy (
    select {columns}
    from {source} as q
    where q.{watermark} > {cut}
       or q.{watermark} is null
       or q.{time} > {until}
       or q.{time} is null
       or q.{time} < {epoch}
) to stdout (format binary)
