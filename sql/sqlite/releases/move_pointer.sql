-- ReleasePublisher: the views show this release from the commit on.
update {pointer}
set release_id = @releaseId, published_at = @at
