-- RecommenderQuality: keeps how a release did up to a night; the same night once more replaces what it had.
insert into {prequential} (recommender, release_id, as_of, run_id, since, until, report)
values (@recommender, @releaseId, @asOf, @runId, @since, @until, @report)
on conflict (recommender, release_id, as_of)
do update set run_id = excluded.run_id, since = excluded.since, until = excluded.until, report = excluded.report
