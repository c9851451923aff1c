-- MigrationScript: BatchRecs logs in as the first role (alter role ... login password ...); applications are members of the second.
do $$
begin
    if not exists (select from pg_roles where rolname = @etl) then
        create role {etl} nologin;
    end if;
    if not exists (select from pg_roles where rolname = @reader) then
        create role {reader} nologin;
    end if;
end
$$
