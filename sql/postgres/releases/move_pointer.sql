-- ReleasePublisher: the views show this release from the commit on; a trigger keeps what the releases say of themselves.
update {pointer}
set release_id = @releaseId, published_at = @at
