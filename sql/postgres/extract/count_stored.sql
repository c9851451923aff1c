-- PostgresSession.CountStoredAsync: how many rows there are of those that are stored and not read again.
select count(*)
from {source} as q
where q.{time} > {after}
  and q.{time} <= {until}
  and q.{watermark} <= {cut}
