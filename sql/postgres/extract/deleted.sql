-- PostgresSession.ReadDeletedAsync: key and watermark of the rows that were deleted after the cut, or nobody knows when; binary.
copy (
    select {columns}
    from {source} as q
    where q.{watermark} > {cut}
       or q.{watermark} is null
) to stdout (format binary)
