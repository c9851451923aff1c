-- RecommenderRegistry.DropAsync: returns the views of applications that read a view of ours.
select distinct pg_describe_object(cast('pg_class' as regclass), rule.ev_class, 0)
from pg_depend as link
join pg_rewrite as rule on rule.oid = link.objid
where link.classid = cast('pg_rewrite' as regclass)
    and link.refclassid = cast('pg_class' as regclass)
    and link.refobjid = to_regclass(@view)
    and rule.ev_class <> link.refobjid
