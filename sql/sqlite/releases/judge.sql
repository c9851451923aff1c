-- ReleaseStore.JudgeAsync: why a guard refused a release; null = it did not. What was current once is judged no more.
update {releases}
set refused_reason = @reason
where release_id = @releaseId and published_at is null
