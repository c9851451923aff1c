-- PostgresSession.CountAsync: rows, distinct users, distinct items of one source.
select count(*), count(distinct q.{user}), count(distinct q.{item})
from {source} as q
