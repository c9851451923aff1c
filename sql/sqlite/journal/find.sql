-- Migrator: returns 1 if the journal exists, else 0; the transaction already holds the one write lock of the file.
select count(*)
from sqlite_master
where type = 'table' and '"' || name || '"' = '{migrations}'
