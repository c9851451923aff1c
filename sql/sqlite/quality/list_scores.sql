-- RecommenderQuality: returns how releases did, the newest night first.
select release_id, as_of, run_id, since, until, report
from {prequential}
where recommender = @recommender
order by as_of desc, release_id desc
limit @limit
