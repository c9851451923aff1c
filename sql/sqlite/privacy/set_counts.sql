-- ReleaseEraser: brings the row counts of a release up to date.
update {releases}
set counts = @counts
where release_id = @releaseId
