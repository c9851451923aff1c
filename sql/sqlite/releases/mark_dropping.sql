-- ReleasePublisher: a release that is not current can no longer be published; returns nothing if it is current.
update {releases}
set state = 'dropping'
where release_id = @releaseId
    and not exists (select 1 from {pointer} as pointer where pointer.release_id = @releaseId)
returning release_id
