-- ReleaseStore: returns one release.
select
    release_id, recommender, run_id, key, state, created_at,
    published_at, retired_at, data_until, counts as counts_json,
    metrics, job_definition,
    refused_reason, withdrawn_at, withdrawn_by, withdrawn_reason,
    overridden_at, overridden_by, override_reason
from {releases}
where release_id = @releaseId
