-- ReleaseStore.JudgeAsync: why a guard refused a release, or who overrode that; nulls = neither. What was current once is judged no more.
update {releases}
set refused_reason = @reason, overridden_at = @overriddenAt, overridden_by = @overriddenBy, override_reason = @overrideReason
where release_id = @releaseId and published_at is null
