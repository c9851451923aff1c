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
    release_id bigint generated always as identity primary key,
    recommender text not null,
    run_id bigint not null,
    key text not null,
    state text not null,
    created_at bigint not null,
    published_at bigint,
    retired_at bigint,
    data_until bigint not null,
    counts jsonb,
    metrics jsonb,
    job_definition text not null
);

create index {releasesIndex} on {releases} (recommender, release_id);

create view {releasesView} as
select
    release_id,
    recommender,
    run_id,
    timestamptz 'epoch' + created_at * interval '1 microsecond' as created_at,
    timestamptz 'epoch' + published_at * interval '1 microsecond' as published_at,
    timestamptz 'epoch' + retired_at * interval '1 microsecond' as retired_at,
    published_at is not null and retired_at is null as is_current,
    timestamptz 'epoch' + data_until * interval '1 microsecond' as data_until,
    counts,
    metrics,
    job_definition
from {releases}
where state = 'built';

create function {contractVersion}() returns integer
language sql immutable parallel safe
return 1;
