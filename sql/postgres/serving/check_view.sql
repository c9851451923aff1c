-- RecommenderRegistry.EnsureAsync: returns 0, or fails where the view names something that does not exist.
select count(*)
from {view}
where 1 = 0
