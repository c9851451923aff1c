-- RecommenderRegistry: returns the names of all recommenders.
select name
from {recommenders}
order by name
