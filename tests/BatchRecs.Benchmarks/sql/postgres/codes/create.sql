-- PostgresForm: makes the table anew.
drop table if exists bench_codes cascade;
drop table if exists bench_codes_current cascade;
set default_toast_compression = 'lz4';
create table bench_codes_current (release_id bigint, published_at bigint);
insert into bench_codes_current values (1, 0);
create table bench_codes (
    release_id bigint not null,
    user_id {id} not null,
    item_ids {id}[] not null,
    scores double precision[] not null,
    sources smallint[] not null,
    reason_codes smallint[] not null,
    words text[] not null,
    because_item_ids {id}[] not null
) partition by list (release_id);
create table bench_codes_1 (like bench_codes)
