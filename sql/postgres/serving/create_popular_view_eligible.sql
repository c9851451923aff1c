-- RecommenderSetup: popular and trending lists of the current release, only what may be shown now.
create or replace view {view} as
select list.segment, list.kind, list.rank, list.item_id, list.score, list.release_id
from {table} as list
where list.release_id = (select pointer.release_id from {pointer} as pointer)
    and exists (select 1 from {eligibleTable} as eligible where {eligibleItem} = list.item_id)
