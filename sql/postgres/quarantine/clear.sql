-- QuarantineTable.SaveAsync: removes what an earlier attempt of the same run left.
delete from {quarantine}
where run_id = @runId
