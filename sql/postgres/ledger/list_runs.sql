-- RunLedger.ListAsync: returns runs, newest first.
select
    run_id as RunId, recommender as Recommender, job_path as JobPath, job_hash as JobHash, job_text as JobText, as_of as AsOf,
    triggered_by as TriggeredBy, host as Host, process_id as ProcessId, state as State, started_at as StartedAt,
    finished_at as FinishedAt, message as Message, exit_code as ExitCode, release_id as ReleaseId, cast(metrics as text) as Metrics
from {runs}
where (@recommender is null or recommender = @recommender)
    and (@state is null or state = @state)
order by run_id desc
limit @limit
