-- RunLedger.FinishAsync: records how a run ended; one that was given up as lost stays so, unless its release was published.
update {runs}
set state = @state, finished_at = @at, message = @message, exit_code = @exitCode, release_id = @releaseId, metrics = cast(@metrics as jsonb)
where run_id = @runId
    and (
        exists (select 1 from {releases} as made where made.release_id = @releaseId and made.published_at is not null)
        and @state = 'Published' and state = 'Lost'
        or state = 'Running'
    )
