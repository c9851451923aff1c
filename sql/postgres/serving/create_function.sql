-- RecommenderSetup: a user's list, renumbered; the popular list of a segment for a user without one.
-- It runs with its owner's rights, because readers have none on the relation of what users have just taken.
create or replace function {for}(user_id {userType}, n integer default 10, segment text default 'all')
returns setof {recommendationsView}
language sql stable parallel safe security definer rows 10
set search_path = pg_catalog, pg_temp
as $$
    with own as (
        select
            list.user_id, cast(row_number() over (order by list.rank) as integer) as rank, list.item_id, list.score, list.source,
            list.reason_code, list.because_item_id, list.propensity, list.variant, list.release_id, list.published_at
        from {recommendationsView} as list
        where list.user_id = {forName}.user_id
        order by list.rank
        limit {forName}.n
    ), fallback as (
        select
            {forName}.user_id, cast(row_number() over (order by list.rank) as integer) as rank, list.item_id, list.score,
            cast('popular' as text) as source, cast('popular' as text) as reason_code, cast(null as {itemType}) as because_item_id,
            cast(1 as double precision) as propensity, cast('default' as text) as variant, list.release_id,
            (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from {pointer} as pointer) as published_at
        from {popularView} as list
        where not exists (select 1 from own)
            and list.kind = 'popular'
            and list.segment = (
                select coalesce(max(known.segment), 'all')
                from {popularView} as known
                where known.kind = 'popular' and known.segment = {forName}.segment)
            and not exists (select 1 from {seen} as taken where taken.user_id = {forName}.user_id and taken.item_id = list.item_id)
        order by list.rank
        limit {forName}.n
    )
    select
        own.user_id, own.rank, own.item_id, own.score, own.source, own.reason_code, own.because_item_id, own.propensity,
        own.variant, own.release_id, own.published_at
    from own
    union all
    select
        fallback.user_id, fallback.rank, fallback.item_id, fallback.score, fallback.source, fallback.reason_code,
        fallback.because_item_id, fallback.propensity, fallback.variant, fallback.release_id, fallback.published_at
    from fallback
$$
