-- LedgerRetention: forgets the stages of a run.
delete from {stages}
where run_id = @runId
