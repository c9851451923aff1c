-- PostgresForm: makes the table anew.
drop table if exists bench_rows cascade;
drop table if exists bench_rows_current cascade;
create table bench_rows_current (release_id bigint, published_at bigint);
insert into bench_rows_current values (1, 0);
create table bench_rows (
    release_id bigint not null,
    user_id {id} not null,
    rank integer not null,
    item_id {id} not null,
    score double precision not null,
    source text not null,
    reason_code text,
    because_item_id {id}
) partition by list (release_id);
create table bench_rows_1 (like bench_rows)
