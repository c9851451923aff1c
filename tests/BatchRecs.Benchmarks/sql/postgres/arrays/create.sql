-- PostgresForm: makes the table anew.
drop table if exists bench_arrays cascade;
drop table if exists bench_arrays_current cascade;
set default_toast_compression = 'pglz';
create table bench_arrays_current (release_id bigint, published_at bigint);
insert into bench_arrays_current values (1, 0);
create table bench_arrays (
    release_id bigint not null,
    user_id {id} not null,
    item_ids {id}[] not null,
    scores double precision[] not null,
    sources text[] not null,
    reason_codes text[] not null,
    because_item_ids {id}[] not null
) partition by list (release_id);
create table bench_arrays_1 (like bench_arrays)
