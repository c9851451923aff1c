-- ReleasePublisher: says who went back from a release and why; with nulls, that nobody did: a run published an older one again.
update {releases}
set withdrawn_at = @withdrawnAt, withdrawn_by = @withdrawnBy, withdrawn_reason = @reason
where release_id = @releaseId and withdrawn_at is not null
