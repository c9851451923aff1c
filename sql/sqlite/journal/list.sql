-- Migrator: returns the applied migrations, oldest first.
select version, name, checksum
from {migrations}
order by version
