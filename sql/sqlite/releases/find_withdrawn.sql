-- ReleasePublisher: returns the newest release that a person went back from and that has the same content.
select release_id
from {releases}
where recommender = @recommender and key = @key and withdrawn_at is not null
order by release_id desc
limit 1
