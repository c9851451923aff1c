-- ForgottenUsers: returns 1 if a table exists, else 0.
select count(*)
from sqlite_master
where type = 'table' and '"' || name || '"' = @table
