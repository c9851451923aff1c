-- RightsStatements: a role of BatchRecs; it gets a login, or members that have one, from whoever runs the server.
do $$
begin
    if not exists (select from pg_roles where rolname = @role) then
        create role {role} nologin;
    end if;
end
$$
