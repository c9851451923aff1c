-- RecommenderLocks: nobody else takes, renews or frees the lock until the transaction ends.
select fence
from {locks}
where recommender = @recommender
for update
