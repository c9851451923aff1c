-- PersonalRows: returns a user's rows of one list in a release.
select rank, item_id, score, source, reason_code, because_item_id
from {table}
where release_id = @releaseId and user_id = @userId
order by rank
