-- RecommenderSetup: a list of the current release, whatever users have just taken.
create or replace view {view} as
select
    list.user_id, list.rank, list.item_id, list.score, list.source, list.reason_code, list.because_item_id,
    cast(1 as double precision) as propensity, cast('default' as text) as variant, list.release_id,
    (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from {pointer} as pointer) as published_at
from {table} as list
where list.release_id = (select pointer.release_id from {pointer} as pointer)
