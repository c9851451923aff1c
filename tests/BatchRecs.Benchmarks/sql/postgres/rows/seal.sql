-- PostgresForm: indexes, analyses and attaches the table and makes its view and function.
alter table bench_rows_1 add primary key (user_id, rank);
analyze bench_rows_1;
alter table bench_rows attach partition bench_rows_1 for values in (1);
create or replace view bench_nothing_seen as select null::{id} as user_id, null::{id} as item_id where false;
create view bench_rows_list as
select
    list.user_id, list.rank, list.item_id, list.score, list.source, list.reason_code, list.because_item_id,
    cast(1 as double precision) as propensity, cast('default' as text) as variant, list.release_id,
    (select timestamptz 'epoch' + pointer.published_at * interval '1 microsecond' from bench_rows_current as pointer) as published_at
from bench_rows as list
where list.release_id = (select pointer.release_id from bench_rows_current as pointer)
    and not exists (select 1 from bench_nothing_seen as taken where taken.user_id = list.user_id and taken.item_id = list.item_id);
create function bench_rows_for(user_id {id}, n integer) returns setof bench_rows_list
language sql stable parallel safe security definer rows 10
set search_path = public, pg_temp
as $$
    select
        list.user_id, cast(row_number() over (order by list.rank) as integer) as rank, list.item_id, list.score, list.source,
        list.reason_code, list.because_item_id, list.propensity, list.variant, list.release_id, list.published_at
    from bench_rows_list as list
    where list.user_id = bench_rows_for.user_id
    order by list.rank
    limit bench_rows_for.n
$$
