-- RightsStatements: the writing role may read a source, an item table or a live relation; views show the latter with its rights.
do $$
begin
    if not has_table_privilege(@etl, @relation, 'select') then
        execute format('grant select on %s to %I', @relation, @etl);
    end if;
end
$$
