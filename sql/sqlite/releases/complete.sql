-- ReleaseWriter.CompleteAsync: a release whose tables are loaded may be published; may be repeated.
update {releases}
set state = 'built', counts = @counts, metrics = @metrics
where release_id = @releaseId and state in ('building', 'built')
