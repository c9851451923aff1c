-- RecommenderLocks: asks the run that holds the lock to end; it looks here twice a second. The first who asks is remembered.
update {locks}
set cancel_requested_at = cast(strftime('%s', 'now') as integer) * 1000000 + cast(substr(strftime('%f', 'now'), 4) as integer) * 1000,
    cancel_requested_by = coalesce(cancel_requested_by, @requestedBy), cancel_reason = coalesce(cancel_reason, @reason)
where recommender = @recommender and run_id = @runId and holder is not null
