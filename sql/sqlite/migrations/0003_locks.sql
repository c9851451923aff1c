-- Migrator: one run at a time, and who took a release back. Times are microseconds since 1970-01-01 UTC.
create table {locks} (
    recommender text primary key,
    fence integer not null,
    holder text,
    purpose text,
    run_id integer,
    host text,
    machine text,
    process_id integer,
    process_started_at integer,
    acquired_at integer,
    expires_at integer,
    cancel_requested_at integer,
    cancel_requested_by text,
    cancel_reason text
);

alter table {runs} add column token text;

create unique index {runsToken} on {runs} (token);

alter table {releases} add column refused_reason text;

alter table {releases} add column withdrawn_at integer;

alter table {releases} add column withdrawn_by text;

alter table {releases} add column withdrawn_reason text;
