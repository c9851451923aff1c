-- ReleaseStore.BeginAsync: records a release that is being built; returns its id.
insert into {releases} (recommender, run_id, key, state, created_at, data_until, job_definition)
values (@recommender, @runId, @key, 'building', @at, @dataUntil, @jobText)
returning release_id
