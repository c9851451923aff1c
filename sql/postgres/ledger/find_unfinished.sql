-- RunLedger.FindUnfinishedAsync: returns the as-of of a job's newest run if that did not come to an end, for a reason that may pass.
-- Exit codes: 5 store, 7 memory or disk, 70 bug. A run that was skipped says nothing of the one before it.
select newest.as_of
from (
    select as_of, as_of_given, state, exit_code
    from {runs}
    where recommender = @recommender and job_path = @jobPath and state <> 'Skipped' and run_id < @before
    order by run_id desc
    limit 1
) as newest
where newest.as_of_given = @asOfGiven
    and (newest.state in ('Running', 'Lost', 'Cancelled') or (newest.state = 'Failed' and coalesce(newest.exit_code, 70) in (5, 7, 70)))
