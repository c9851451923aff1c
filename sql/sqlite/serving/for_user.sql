-- ServingReader.RecommendationsAsync: a user's list, or the popular list of a segment for a user without one.
with own as (
    select
        user_id, row_number() over (order by rank) as rank, item_id, score, source, reason_code, because_item_id, propensity,
        variant, release_id, published_at
    from {recommendationsView}
    where user_id = @userId
    order by rank
    limit @n
), fallback as (
    select
        @userId as user_id, row_number() over (order by list.rank) as rank, list.item_id, list.score, 'popular' as source,
        'popular' as reason_code, null as because_item_id, 1.0 as propensity, 'default' as variant, list.release_id,
        (select published_at from {releasesView} as published where published.release_id = list.release_id) as published_at
    from {popularView} as list
    where not exists (select 1 from own)
        and list.kind = 'popular'
        and list.segment = (
            select coalesce(max(known.segment), 'all')
            from {popularView} as known
            where known.kind = 'popular' and known.segment = @segment)
        and not exists (select 1 from {seen} as taken where taken.user_id = @userId and taken.item_id = list.item_id)
    order by list.rank
    limit @n
)
select user_id, rank, item_id, score, source, reason_code, because_item_id, propensity, variant, release_id, published_at
from own
union all
select user_id, rank, item_id, score, source, reason_code, because_item_id, propensity, variant, release_id, published_at
from fallback
order by rank
