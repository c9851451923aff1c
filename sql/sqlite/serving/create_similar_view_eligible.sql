-- RecommenderSetup: similar items of the current release that may be shown now.
drop view if exists {view};
create view {view} as
select list.item_id, list.rank, list.similar_item_id, list.score, list.source, list.release_id
from {table} as list
where list.release_id = (select pointer.release_id from {pointer} as pointer)
    and exists (select 1 from {eligibleTable} as eligible where {eligibleItem} = list.similar_item_id)
