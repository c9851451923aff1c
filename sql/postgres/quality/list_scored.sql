-- RecommenderQuality: returns the releases that have been scored, once each.
select distinct release_id
from {prequential}
where recommender = @recommender
