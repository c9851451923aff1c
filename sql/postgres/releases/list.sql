-- ReleaseStore.ListAsync: returns the releases of a recommender, newest first.
select
    release_id, recommender, run_id, key, state, created_at,
    published_at, retired_at, data_until, cast(counts as text) as counts_json,
    cast(metrics as text) as metrics, job_definition,
    refused_reason, withdrawn_at, withdrawn_by, withdrawn_reason,
    overridden_at, overridden_by, override_reason
from {releases}
where @recommender is null or recommender = @recommender
order by release_id desc
