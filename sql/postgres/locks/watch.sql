-- RecommenderLocks: returns whether somebody wants the holder to end; nothing if another has taken the lock over.
select cancel_requested_by, cancel_reason
from {locks}
where recommender = @recommender and fence = @fence and holder is not null
