-- RecommenderLocks: returns a recommender's lock and, where a run holds it, what that is doing; is_expired by the store's clock.
select
    held.recommender, held.fence, held.holder, held.purpose, held.run_id, held.host, held.machine, held.process_id,
    held.process_started_at, held.acquired_at, held.expires_at,
    case when held.expires_at < cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) then 1 else 0 end as is_expired,
    (select stage from {stages} where run_id = held.run_id order by position desc limit 1) as stage
from {locks} as held
where held.recommender = @recommender
