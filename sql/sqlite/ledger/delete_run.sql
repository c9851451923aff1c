-- LedgerRetention: forgets a run whose stages are gone.
delete from {runs}
where run_id = @runId
