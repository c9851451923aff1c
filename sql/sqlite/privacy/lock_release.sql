-- ReleaseEraser: returns the row counts of a release, which nobody else changes until the transaction ends.
select counts as counts
from {releases}
where release_id = @releaseId
