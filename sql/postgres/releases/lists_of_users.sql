-- StoredListReader: returns the first ranks of some users' lists; position is the user's place in the JSON array, from 0.
select
    given.position - 1 as position,
    listed.rank,
    cast(listed.item_id as text) as item_id,
    listed.score,
    listed.source
from json_array_elements_text(cast(@users as json)) with ordinality as given (user_id, position)
join {table} as lists on lists.release_id = @releaseId and lists.user_id = cast(given.user_id as {userType})
cross join lateral unnest(lists.item_ids[1:@depth], lists.scores[1:@depth], lists.sources[1:@depth]) with ordinality
    as listed (item_id, score, source, rank)
order by given.position, listed.rank
