-- StoredListReader: returns the first ranks of some users' lists; position is the user's place in the JSON array, from 0.
select
    given.key as position,
    lists.rank,
    cast(lists.item_id as text) as item_id,
    lists.score,
    lists.source
from json_each(@users) as given
join {table} as lists on lists.release_id = @releaseId
    and lists.user_id = cast(given.value as {userType})
    and lists.rank <= @depth
order by given.key, lists.rank
