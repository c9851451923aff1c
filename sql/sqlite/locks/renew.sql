-- RecommenderLocks: the holder lives; changes nothing if another has taken the lock over.
update {locks}
set expires_at = cast(strftime('%s', 'now') as integer) * 1000000 + cast(substr(strftime('%f', 'now'), 4) as integer) * 1000 + @lease
where recommender = @recommender and fence = @fence and holder is not null
