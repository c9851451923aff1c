-- RightsStatements: the writing role may name the schema of what a job reads.
do $$
begin
    if not has_schema_privilege(@etl, @schema, 'usage') then
        execute format('grant usage on schema %I to %I', @schema, @etl);
    end if;
end
$$
