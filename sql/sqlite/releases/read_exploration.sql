-- ExplorationReader: returns what was drawn in a release, user by user.
select user_id, rank, item_id, score, propensity, pool_size, best_item_id,
    case when item_id = best_item_id then 1 else 0 end as is_best
from {table}
where release_id = {release}
order by user_id, rank
