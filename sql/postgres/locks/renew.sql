-- RecommenderLocks: the holder lives; changes nothing if another has taken the lock over.
update {locks}
set expires_at = cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) + @lease
where recommender = @recommender and fence = @fence and holder is not null
