-- RunLedger.FinishAsync: records how a run ended; one that was given up as lost stays so.
update {runs}
set state = @state, finished_at = @at, message = @message, exit_code = @exitCode, release_id = @releaseId, metrics = @metrics
where run_id = @runId and state = 'Running'
