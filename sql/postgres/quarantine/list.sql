-- QuarantineTable.ListAsync: returns rows that a run could not use, in the order in which it met them.
select source, reason, of_rows, column_name as "column", user_id as "user", item_id as item, time_text as time, value_text as value
from {quarantine}
where run_id = @runId
order by position
limit @limit
