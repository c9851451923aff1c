-- LockHolders: returns the sessions that hold what sessions of this process wait for; never what they run, which may name users.
select distinct
    holder.pid,
    holder.application_name as application,
    holder.usename as role,
    holder.state,
    to_char(holder.xact_start at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as transaction_start,
    to_char(holder.query_start at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as statement_start
from pg_stat_activity as waiting
cross join lateral unnest(pg_blocking_pids(waiting.pid)) as held (pid)
join pg_stat_activity as holder on holder.pid = held.pid
where waiting.pid = any(@pids) and waiting.wait_event_type = 'Lock'
order by holder.pid
