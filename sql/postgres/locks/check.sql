-- RunFence: returns the fence if it still holds; nobody takes the lock over until the transaction ends.
select fence
from {locks}
where recommender = @recommender and fence = @fence and holder is not null
for share
