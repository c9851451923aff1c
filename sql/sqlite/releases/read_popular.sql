-- ReleaseVerifier: returns the popular and trending lists of a release, list by list in the order of ranks.
select kind || ':' || segment, rank, item_id, score
from {table}
where release_id = {release}
order by segment, kind, rank
