-- RecommenderLocks: the transaction already holds the write lock of the file.
select fence
from {locks}
where recommender = @recommender
