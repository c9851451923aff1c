-- ReleaseVerifier: returns the similar items of a release, item by item in the order of ranks.
select item_id, rank, similar_item_id, score
from {table}
where release_id = {release}
order by item_id, rank
