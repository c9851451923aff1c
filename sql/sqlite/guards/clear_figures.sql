-- GuardLedger.SaveFiguresAsync: removes what an earlier attempt of the same run left under these names.
delete from {figures}
where run_id = @runId and definition = @definition
