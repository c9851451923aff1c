-- RecommenderQuality: 1 if a release has figures, else 0.
select count(*)
from {releaseFigures}
where recommender = @recommender and release_id = @releaseId
