-- RightsStatements: the writing role may name the schema of what a job reads.
do $$
begin
    if not has_schema_privilege(@etl, @schema, 'usage') then
        grant usage on schema {schema} to {etl};
    end if;
end
$$
