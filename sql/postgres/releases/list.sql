-- ReleaseStore.ListAsync: returns the releases of a recommender, newest first.
select
    release_id as ReleaseId, recommender as Recommender, run_id as RunId, key as Key, state as State, created_at as CreatedAt,
    published_at as PublishedAt, retired_at as RetiredAt, data_until as DataUntil, cast(counts as text) as CountsJson,
    cast(metrics as text) as Metrics, job_definition as JobDefinition
from {releases}
where @recommender is null or recommender = @recommender
order by release_id desc
