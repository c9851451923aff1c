-- RightsStatements: the role may connect to this database by a right of its own, also when PUBLIC loses it; where PUBLIC has it, only
-- the owner of the database is able to add that, and nobody else is asked to.
do $$
begin
    if not exists (
            select
            from pg_database as own, aclexplode(own.datacl) as entry
            where own.datname = current_database()
                and entry.grantee = (select oid from pg_roles where rolname = @role)
                and entry.privilege_type = 'CONNECT')
        and (not has_database_privilege(@role, current_database(), 'connect')
            or (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()))
    then
        execute format('grant connect on database %I to %I', current_database(), @role);
    end if;
end
$$
