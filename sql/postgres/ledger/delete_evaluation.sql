-- LedgerRetention: forgets a measurement.
delete from {evaluations}
where evaluation_id = @evaluationId
