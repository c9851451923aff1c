-- Migrator: creates the journal of applied migrations.
create table {migrations} (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at integer not null
)
