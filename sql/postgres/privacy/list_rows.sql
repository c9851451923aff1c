-- PersonalRows: returns a user's rows of one list in a release.
select
    cast(entry.rank as integer) as rank, entry.item_id, entry.score, entry.source, entry.reason_code, entry.because_item_id
from {table} as list
cross join lateral unnest(list.item_ids, list.scores, list.sources, list.reason_codes, list.because_item_ids)
    with ordinality as entry (item_id, score, source, reason_code, because_item_id, rank)
where list.release_id = @releaseId and list.user_id = @userId
order by entry.rank
