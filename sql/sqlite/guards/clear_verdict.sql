-- GuardLedger.SaveVerdictAsync: removes what an earlier attempt of the same run left.
delete from {verdicts}
where run_id = @runId
