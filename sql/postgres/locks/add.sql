-- RecommenderLocks: makes sure that a recommender has a lock.
insert into {locks} (recommender, fence)
values (@recommender, 0)
on conflict (recommender) do nothing
