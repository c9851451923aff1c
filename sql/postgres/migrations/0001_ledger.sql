-- Migrator: the ledger of runs. Times are microseconds since 1970-01-01 UTC.
create table {runs} (
    run_id bigint generated always as identity primary key,
    recommender text not null,
    job_path text not null,
    job_hash text not null,
    job_text text not null,
    as_of bigint not null,
    as_of_given integer not null,
    triggered_by text not null,
    host text not null,
    process_id integer not null,
    state text not null,
    started_at bigint not null,
    finished_at bigint,
    message text,
    exit_code integer,
    release_id bigint,
    metrics jsonb
);

create index {runsIndex} on {runs} (recommender, run_id);

create table {stages} (
    run_id bigint not null references {runs} (run_id),
    position integer not null,
    stage text not null,
    key text not null,
    result text,
    rows bigint,
    unit text,
    started_at bigint not null,
    finished_at bigint,
    elapsed_ms bigint,
    note text,
    error text,
    primary key (run_id, stage)
);

create table {evaluations} (
    evaluation_id bigint generated always as identity primary key,
    recommender text not null,
    job_hash text not null,
    report jsonb not null,
    run_id bigint not null,
    measured_at bigint not null
);

create index {evaluationsIndex} on {evaluations} (recommender, evaluation_id);
