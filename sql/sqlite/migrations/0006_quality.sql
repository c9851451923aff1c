-- Migrator: how served lists did, per release and night, and figures of each release. Times are microseconds since 1970-01-01 UTC.
create table {prequential} (
    recommender text not null,
    release_id integer not null,
    as_of integer not null,
    run_id integer not null,
    since integer not null,
    until integer not null,
    report text not null,
    primary key (recommender, release_id, as_of)
);

create table {releaseFigures} (
    recommender text not null,
    release_id integer not null,
    run_id integer not null,
    measured_at integer not null,
    report text not null,
    primary key (recommender, release_id)
);
