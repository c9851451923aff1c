-- Erasures.SweepAsync: returns the users of a recommender's rejected rows.
select distinct user_id
from {quarantine}
where recommender = @recommender and user_id is not null
