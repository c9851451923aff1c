-- ReleasePublisher: forgets a release whose tables are gone.
delete from {releases}
where release_id = @releaseId
