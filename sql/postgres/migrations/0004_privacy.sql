-- Migrator: who is to be forgotten, as keyed hashes only, and receipts that name nobody. Times are microseconds since 1970-01-01 UTC.
create table {privacyKey} (
    key_id integer primary key check (key_id = 1),
    secret text not null
);

create table {forgotten} (
    recommender text not null,
    user_hash text not null,
    is_done integer not null,
    primary key (recommender, user_hash)
);

create table {erasures} (
    erasure_id bigint generated always as identity primary key,
    receipt text not null unique,
    recommender text not null,
    erased_at bigint not null,
    requested_by text not null,
    counts jsonb not null
);
