-- RunLedger.GetAsync: returns the stages of a run in the order in which they began.
select
    stage, key, result, rows, unit, started_at, finished_at,
    elapsed_ms, note, error
from {stages}
where run_id = @runId
order by position
