-- RunLedger.ListAsync: returns runs, newest first.
select
    run_id, recommender, job_path, job_hash, job_text, as_of,
    triggered_by, host, process_id, state, started_at,
    finished_at, message, exit_code, release_id, cast(metrics as text) as metrics,
    overridden_at, overridden_by, override_reason
from {runs}
where (@recommender is null or recommender = @recommender)
    and (@state is null or state = @state)
order by run_id desc
limit @limit
