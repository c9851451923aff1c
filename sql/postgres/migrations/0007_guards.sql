-- Migrator: the figures that later runs are compared with, the verdict on each run rule by rule, and who overrode one.
create table {figures} (
    run_id bigint not null references {runs} (run_id) on delete cascade,
    name text not null,
    definition text not null,
    figure double precision not null,
    primary key (run_id, definition, name)
);

create table {verdicts} (
    run_id bigint not null references {runs} (run_id) on delete cascade,
    position integer not null,
    rule text not null,
    figure double precision,
    limit_value double precision not null,
    passed integer not null,
    message text not null,
    primary key (run_id, position)
);

alter table {runs} add column overridden_at bigint;

alter table {runs} add column overridden_by text;

alter table {runs} add column override_reason text;

alter table {releases} add column overridden_at bigint;

alter table {releases} add column overridden_by text;

alter table {releases} add column override_reason text;
