-- RunFence: returns the fence if it still holds; the transaction already holds the write lock of the file.
select fence
from {locks}
where recommender = @recommender and fence = @fence and holder is not null
