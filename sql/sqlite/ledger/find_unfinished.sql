-- RunLedger.FindUnfinishedAsync: returns the as-of of a job's newest run if that is recent and did not come to an end.
select newest.as_of
from (
    select as_of, state, started_at
    from {runs}
    where recommender = @recommender and job_path = @jobPath
    order by run_id desc
    limit 1
) as newest
where newest.started_at >= @since and newest.state in ('Running', 'Failed', 'Cancelled')
