-- ReleasePublisher: the release becomes current (again).
update {releases}
set published_at = @at, retired_at = null
where release_id = @releaseId
