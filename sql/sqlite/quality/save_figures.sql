-- RecommenderQuality: keeps the figures of a release; new ones replace what it had.
insert into {releaseFigures} (recommender, release_id, run_id, measured_at, report)
values (@recommender, @releaseId, @runId, @at, @report)
on conflict (recommender, release_id)
do update set run_id = excluded.run_id, measured_at = excluded.measured_at, report = excluded.report
