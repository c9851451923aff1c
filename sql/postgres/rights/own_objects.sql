-- RightsStatements: what another role has made in the two schemas before belongs to the role that writes.
do $$
declare
    foreign_object record;
begin
    for foreign_object in
        select case made.relkind when 'v' then 'view' else 'table' end as kind, cast(cast(made.oid as regclass) as text) as name
        from pg_class as made
        join pg_namespace as home on home.oid = made.relnamespace
        where home.nspname in (@internal, @contract)
            and made.relkind in ('r', 'p', 'v')
            and pg_get_userbyid(made.relowner) <> @etl
        union all
        select 'function', cast(cast(made.oid as regprocedure) as text)
        from pg_proc as made
        join pg_namespace as home on home.oid = made.pronamespace
        where home.nspname in (@internal, @contract)
            and pg_get_userbyid(made.proowner) <> @etl
    loop
        execute format('alter %s %s owner to %I', foreign_object.kind, foreign_object.name, @etl);
    end loop;
end
$$
