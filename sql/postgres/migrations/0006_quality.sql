-- Migrator: how served lists did, per release and night, and figures of each release. Times are microseconds since 1970-01-01 UTC.
create table {prequential} (
    recommender text not null,
    release_id bigint not null,
    as_of bigint not null,
    run_id bigint not null,
    since bigint not null,
    until bigint not null,
    report jsonb not null,
    primary key (recommender, release_id, as_of)
);

create table {releaseFigures} (
    recommender text not null,
    release_id bigint not null,
    run_id bigint not null,
    measured_at bigint not null,
    report jsonb not null,
    primary key (recommender, release_id)
);
