-- PostgresReleaseTables: returns attached, pending (a detach was interrupted) or loose; nothing if the table does not exist.
select case when link.inhrelid is null then 'loose' when link.inhdetachpending then 'pending' else 'attached' end
from pg_class as release_table
left join pg_inherits as link on link.inhrelid = release_table.oid
where release_table.oid = to_regclass(@table)
