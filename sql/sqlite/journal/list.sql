-- Migrator: returns the applied migrations, oldest first.
select version as Version, name as Name, checksum as Checksum
from {migrations}
order by version
