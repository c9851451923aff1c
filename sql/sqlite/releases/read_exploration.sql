-- ExplorationReader: returns what was drawn in a release, user by user.
select user_id, rank, item_id, score, propensity, pool_size, best_item_id
from {table}
where release_id = {release}
order by user_id, rank
