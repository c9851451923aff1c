-- ReleaseEraser: brings the row counts of a release up to date.
update {releases}
set counts = cast(@counts as jsonb)
where release_id = @releaseId
