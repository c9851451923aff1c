-- RecommenderSetup: a list with drawn items of the current release, without what users have just taken.
drop view if exists {view};
create view {view} as
select
    list.user_id, list.rank, list.item_id, list.score, list.source, list.reason_code, list.because_item_id,
    coalesce(drawn.propensity, 1.0) as propensity, 'default' as variant, list.release_id,
    (select strftime('%Y-%m-%dT%H:%M:%S', pointer.published_at / 1000000, 'unixepoch') || printf('.%06dZ', pointer.published_at % 1000000)
        from {pointer} as pointer) as published_at
from {table} as list
left join {drawn} as drawn
    on drawn.release_id = list.release_id and drawn.user_id = list.user_id and drawn.rank = list.rank
where list.release_id = (select pointer.release_id from {pointer} as pointer)
    and not exists (select 1 from {seen} as taken where taken.user_id = list.user_id and taken.item_id = list.item_id)
