-- Migrator: recommenders, their releases, and what readers see of both. Times are microseconds since 1970-01-01 UTC.
create table {recommenders} (
    name text primary key,
    user_kind text not null,
    item_kind text not null,
    has_again integer not null,
    eligible_table text,
    eligible_item text,
    seen_table text,
    seen_user text,
    seen_item text,
    setup_hash text not null
);

create table {releases} (
    release_id integer primary key autoincrement,
    recommender text not null,
    run_id integer not null,
    key text not null,
    state text not null,
    created_at integer not null,
    published_at integer,
    retired_at integer,
    data_until integer not null,
    counts text,
    metrics text,
    job_definition text not null
);

create index {releasesIndex} on {releases} (recommender, release_id);

create view {releasesView} as
select
    release_id,
    recommender,
    run_id,
    strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06dZ', created_at % 1000000) as created_at,
    strftime('%Y-%m-%dT%H:%M:%S', published_at / 1000000, 'unixepoch') || printf('.%06dZ', published_at % 1000000) as published_at,
    strftime('%Y-%m-%dT%H:%M:%S', retired_at / 1000000, 'unixepoch') || printf('.%06dZ', retired_at % 1000000) as retired_at,
    published_at is not null and retired_at is null as is_current,
    strftime('%Y-%m-%dT%H:%M:%S', data_until / 1000000, 'unixepoch') || printf('.%06dZ', data_until % 1000000) as data_until,
    counts,
    metrics,
    job_definition
from {releases}
where state = 'built';

create view {contractVersion} as
select 1 as contract_version;
