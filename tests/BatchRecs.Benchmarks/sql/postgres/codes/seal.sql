-- PostgresForm: indexes, analyses and attaches the table and makes its view and function.
alter table bench_codes_1 add primary key (user_id);
analyze bench_codes_1 (user_id);
alter table bench_codes attach partition bench_codes_1 for values in (1);
create or replace view bench_nothing_seen as select null::{id} as user_id, null::{id} as item_id where false;
create view bench_codes_list as
select
    list.user_id, cast(entry.rank as integer) as rank, entry.item_id, entry.score, list.words[entry.source] as source,
    list.words[entry.reason_code] as reason_code, entry.because_item_id,
    cast(1 as double precision) as propensity, cast('default' as text) as variant, list.release_id,
    (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from bench_codes_current as pointer) as published_at
from bench_codes as list
cross join lateral unnest(list.item_ids, list.scores, list.sources, list.reason_codes, list.because_item_ids)
    with ordinality as entry (item_id, score, source, reason_code, because_item_id, rank)
where list.release_id = (select pointer.release_id from bench_codes_current as pointer)
    and not exists (select 1 from bench_nothing_seen as taken where taken.user_id = list.user_id and taken.item_id = entry.item_id);
create function bench_codes_for(user_id {id}, n integer) returns setof bench_codes_list
language sql stable parallel safe security definer rows 10
set search_path = public, pg_temp
as $$
    select
        list.user_id, cast(row_number() over (order by list.rank) as integer) as rank, list.item_id, list.score, list.source,
        list.reason_code, list.because_item_id, list.propensity, list.variant, list.release_id, list.published_at
    from bench_codes_list as list
    where list.user_id = bench_codes_for.user_id
    order by list.rank
    limit bench_codes_for.n
$$
