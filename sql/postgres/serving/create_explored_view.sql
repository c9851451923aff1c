-- RecommenderSetup: a list with drawn items of the current release, without what users have just taken.
create or replace view {view} as
select
    list.user_id, cast(entry.rank as integer) as rank, entry.item_id, entry.score, entry.source, entry.reason_code,
    entry.because_item_id, coalesce(drawn.propensity, 1) as propensity, cast('default' as text) as variant, list.release_id,
    (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from {pointer} as pointer) as published_at
from {table} as list
cross join lateral unnest(list.item_ids, list.scores, list.sources, list.reason_codes, list.because_item_ids)
    with ordinality as entry (item_id, score, source, reason_code, because_item_id, rank)
left join {drawn} as drawn
    on drawn.release_id = list.release_id and drawn.user_id = list.user_id and drawn.rank = entry.rank
where list.release_id = (select pointer.release_id from {pointer} as pointer)
    and not exists (select 1 from {seen} as taken where taken.user_id = list.user_id and taken.item_id = entry.item_id)
