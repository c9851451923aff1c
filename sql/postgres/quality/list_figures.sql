-- RecommenderQuality: returns the figures of releases, the newest release first.
select release_id, run_id, measured_at, cast(report as text) as report
from {releaseFigures}
where recommender = @recommender
order by release_id desc
limit @limit
