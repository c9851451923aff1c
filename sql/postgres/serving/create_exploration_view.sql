-- RecommenderSetup: what was drawn in the current release, whatever may be shown now.
create or replace view {view} as
select
    drawn.user_id, drawn.rank, drawn.item_id, drawn.propensity, drawn.pool_size, drawn.score, drawn.best_item_id, drawn.policy,
    drawn.release_id,
    (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from {pointer} as pointer) as published_at
from {table} as drawn
where drawn.release_id = (select pointer.release_id from {pointer} as pointer)
