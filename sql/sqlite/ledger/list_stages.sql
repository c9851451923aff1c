-- RunLedger.GetAsync: returns the stages of a run in the order in which they began.
select
    stage as Stage, key as Key, result as Result, rows as Rows, unit as Unit, started_at as StartedAt, finished_at as FinishedAt,
    elapsed_ms as ElapsedMs, note as Note, error as Error
from {stages}
where run_id = @runId
order by position
