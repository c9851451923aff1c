-- RecommenderLocks: gives the lock to a process; each time its fence grows by one.
update {locks}
set fence = fence + 1, holder = @holder, purpose = @purpose, run_id = @runId, host = @host, machine = @machine,
    process_id = @processId, process_started_at = @processStartedAt,
    acquired_at = cast(extract(epoch from clock_timestamp()) * 1000000 as bigint),
    expires_at = cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) + @lease,
    cancel_requested_at = null, cancel_requested_by = null, cancel_reason = null
where recommender = @recommender
returning fence
