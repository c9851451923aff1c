-- RunLedger.GetAsync: returns one run.
select
    run_id, recommender, job_path, job_hash, job_text, as_of,
    triggered_by, host, process_id, state, started_at,
    finished_at, message, exit_code, release_id, metrics,
    overridden_at, overridden_by, override_reason
from {runs}
where run_id = @runId
