-- Migrator: the ledger of runs. Times are microseconds since 1970-01-01 UTC.
create table {runs} (
    run_id integer primary key autoincrement,
    recommender text not null,
    job_path text not null,
    job_hash text not null,
    job_text text not null,
    as_of integer not null,
    as_of_given integer not null,
    triggered_by text not null,
    host text not null,
    process_id integer not null,
    state text not null,
    started_at integer not null,
    finished_at integer,
    message text,
    exit_code integer,
    release_id integer,
    metrics text
);

create index {runsIndex} on {runs} (recommender, run_id);

create table {stages} (
    run_id integer not null references {runs} (run_id),
    position integer not null,
    stage text not null,
    key text not null,
    result text,
    rows integer,
    unit text,
    started_at integer not null,
    finished_at integer,
    elapsed_ms integer,
    note text,
    error text,
    primary key (run_id, stage)
);

create table {evaluations} (
    evaluation_id integer primary key autoincrement,
    recommender text not null,
    job_hash text not null,
    report text not null,
    run_id integer not null,
    measured_at integer not null
);

create index {evaluationsIndex} on {evaluations} (recommender, evaluation_id);
