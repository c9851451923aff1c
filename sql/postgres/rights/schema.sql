-- RightsStatements: one of the two schemas of BatchRecs; it belongs to the role that writes.
do $$
begin
    if to_regnamespace(@schema) is null then
        create schema {schema} authorization {etl};
    elsif not exists (
        select from pg_namespace
        where oid = to_regnamespace(@schema) and nspowner = (select oid from pg_roles where rolname = @etl))
    then
        alter schema {schema} owner to {etl};
    end if;
end
$$
