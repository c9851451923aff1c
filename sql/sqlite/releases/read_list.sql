-- ReleaseVerifier: returns the lists of a release, user by user in the order of ranks.
select user_id, rank, item_id, score, because_item_id
from {table}
where release_id = {release}
order by user_id, rank
