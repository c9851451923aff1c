-- RecommenderLocks: gives the lock to a process; each time its fence grows by one.
update {locks}
set fence = fence + 1, holder = @holder, purpose = @purpose, run_id = @runId, host = @host, machine = @machine,
    process_id = @processId, process_started_at = @processStartedAt,
    acquired_at = cast(strftime('%s', 'now') as integer) * 1000000 + cast(substr(strftime('%f', 'now'), 4) as integer) * 1000,
    expires_at = cast(strftime('%s', 'now') as integer) * 1000000 + cast(substr(strftime('%f', 'now'), 4) as integer) * 1000 + @lease,
    cancel_requested_at = null, cancel_requested_by = null, cancel_reason = null
where recommender = @recommender
returning fence
