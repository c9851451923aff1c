-- RecommenderSetup: what was drawn in the current release, whatever may be shown now.
drop view if exists {view};
create view {view} as
select
    drawn.user_id, drawn.rank, drawn.item_id, drawn.propensity, drawn.pool_size, drawn.score, drawn.best_item_id, drawn.policy,
    drawn.release_id,
    (select strftime('%Y-%m-%dT%H:%M:%S', pointer.published_at / 1000000, 'unixepoch') || printf('.%06dZ', pointer.published_at % 1000000)
        from {pointer} as pointer) as published_at
from {table} as drawn
where drawn.release_id = (select pointer.release_id from {pointer} as pointer)
