-- ReleaseWriter.CompleteAsync: a release whose tables are loaded may be published; may be repeated.
update {releases}
set state = 'built', counts = cast(@counts as jsonb), metrics = cast(@metrics as jsonb)
where release_id = @releaseId and state in ('building', 'built')
