-- PersonalRows: returns what was drawn for a user in a release.
select rank, item_id, score, 'explore' as source, propensity
from {table}
where release_id = @releaseId and user_id = @userId
order by rank
