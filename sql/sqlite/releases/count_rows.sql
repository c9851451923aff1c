-- ReleaseWriter: counts the rows of a release in a table, to see what of a block was kept when the connection broke.
select count(*)
from {table}
where release_id = @releaseId
