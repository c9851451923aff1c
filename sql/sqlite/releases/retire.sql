-- ReleasePublisher: the release that was current is no more.
update {releases}
set retired_at = @at
where release_id = @releaseId
