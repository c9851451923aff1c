-- RecommenderLocks: the holder gives the lock back; changes nothing if another has taken it over.
update {locks}
set holder = null, purpose = null, run_id = null, expires_at = null
where recommender = @recommender and fence = @fence
