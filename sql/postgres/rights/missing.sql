-- ServingRights: what the connected role lacks to write releases and the ledger, a line each.
with home (name, id) as (
    values (@internal, to_regnamespace(@internal)), (@contract, to_regnamespace(@contract))
)
select format('the server is a standby, which takes no writes: connect to its primary')
where pg_is_in_recovery()
union all
select format(
    'schema %s does not exist, and role %s may not make it: CREATE on database %s is missing', home.name, current_user, current_database())
from home
where home.id is null and not has_database_privilege(current_database(), 'create')
union all
select format('role %s lacks %s on schema %s', current_user, wanted.right_name, home.name)
from home
cross join (values ('USAGE'), ('CREATE')) as wanted (right_name)
where home.id is not null and not has_schema_privilege(cast(home.id as oid), wanted.right_name)
union all
select format(
    '%s tables and views in schema %s belong to role %s, of which role %s is no member',
    count(*), home.name, pg_get_userbyid(made.relowner), current_user)
from home
join pg_class as made on made.relnamespace = cast(home.id as oid)
where made.relkind in ('r', 'p', 'v') and not pg_has_role(made.relowner, 'usage')
group by home.name, made.relowner
