-- ServingReader.AgainAsync: a user's list of items to take again.
select user_id, rank, item_id, score, source, reason_code, because_item_id, release_id
from {againView}
where user_id = cast(@userId as {userType})
order by rank
limit @n
