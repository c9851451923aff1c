-- Migrator: creates both schemas where a DBA has not done so, and the journal of applied migrations.
do $$
begin
    if to_regnamespace('{internal}') is null then
        create schema {internal};
    end if;
    if to_regnamespace('{contract}') is null then
        create schema {contract};
    end if;
    create table if not exists {migrations} (
        version integer primary key,
        name text not null,
        checksum text not null,
        applied_at bigint not null
    );
end
$$
