-- RunLedger.StageFinishedAsync: records what a stage did.
update {stages}
set key = @key, result = @result, rows = @rows, unit = @unit, finished_at = @at, elapsed_ms = @elapsedMs, note = @note, error = @error
where run_id = @runId and stage = @stage
