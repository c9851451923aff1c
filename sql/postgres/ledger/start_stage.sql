-- RunLedger.StageStartedAsync: records a stage that begins; a stage that begins again starts afresh in its old place.
insert into {stages} (run_id, position, stage, key, started_at)
values (@runId, (select count(*) from {stages} where run_id = @runId), @stage, @key, @at)
on conflict (run_id, stage) do update
set key = excluded.key, started_at = excluded.started_at, result = null, rows = null, unit = null,
    finished_at = null, elapsed_ms = null, note = null, error = null
