-- ReleaseStore: returns one release.
select
    release_id as ReleaseId, recommender as Recommender, run_id as RunId, key as Key, state as State, created_at as CreatedAt,
    published_at as PublishedAt, retired_at as RetiredAt, data_until as DataUntil, counts as CountsJson,
    metrics as Metrics, job_definition as JobDefinition
from {releases}
where release_id = @releaseId
