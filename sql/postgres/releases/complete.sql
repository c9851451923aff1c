-- ReleaseWriter.CompleteAsync: a release whose tables are loaded may be published.
update {releases}
set state = 'built', counts = cast(@counts as jsonb), metrics = cast(@metrics as jsonb)
where release_id = @releaseId and state = 'building'
