-- ForgottenUsers: returns 1 if a table exists, else 0.
select count(*)
from (select to_regclass(@table) as found) as search
where found is not null
