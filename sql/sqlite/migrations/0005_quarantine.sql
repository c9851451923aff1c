-- Migrator: rows that runs could not use, a sample per reason. The only table beside the lists that holds user ids.
create table {quarantine} (
    run_id integer not null references {runs} (run_id) on delete cascade,
    position integer not null,
    recommender text not null,
    source text not null,
    reason text not null,
    of_rows integer not null,
    column_name text not null,
    user_id text,
    item_id text,
    time_text text,
    value_text text,
    rejected_at integer not null,
    primary key (run_id, position)
);

create index {quarantineIndex} on {quarantine} (recommender, user_id);
