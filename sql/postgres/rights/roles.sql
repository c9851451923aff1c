-- MigrationScript: the role that writes and the role that reads; grant them to the logins that do so.
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
