-- PostgresSession.EstimateRowsAsync: the plan as JSON, which holds the planner's guess of the number of rows.
explain (format json)
select 1
from {source} as q
