-- GuardLedger.SaveVerdictAsync: records who published the release of a run although a guard refused it, and why.
update {runs}
set overridden_at = @at, overridden_by = @by, override_reason = @reason
where run_id = @runId
