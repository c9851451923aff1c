-- SqliteJsonForm: makes the table anew and its view.
drop view if exists bench_json_list;
drop table if exists bench_json;
drop table if exists bench_json_current;
create table bench_json_current (release_id integer, published_at integer);
insert into bench_json_current values (1, 0);
create table bench_json (
    release_id integer not null,
    user_id {id} not null,
    list text not null,
    primary key (release_id, user_id)
) without rowid;
create view bench_json_list as
select
    list.user_id, entry.key + 1 as rank, entry.value ->> 0 as item_id, entry.value ->> 1 as score, entry.value ->> 2 as source,
    entry.value ->> 3 as reason_code, entry.value ->> 4 as because_item_id, 1.0 as propensity, 'default' as variant, list.release_id,
    (select strftime('%Y-%m-%dT%H:%M:%S', pointer.published_at / 1000000, 'unixepoch') || printf('.%06dZ', pointer.published_at % 1000000)
        from bench_json_current as pointer) as published_at
from bench_json as list, json_each(list.list) as entry
where list.release_id = (select pointer.release_id from bench_json_current as pointer)
