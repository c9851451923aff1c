-- RunLedger.SetAsOfAsync: records up to when the events of a run count.
update {runs}
set as_of = @asOf, as_of_given = @asOfGiven
where run_id = @runId
