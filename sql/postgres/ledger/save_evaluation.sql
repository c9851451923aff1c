-- RunLedger.SaveEvaluationAsync: keeps a measurement.
insert into {evaluations} (recommender, job_hash, report, run_id, measured_at)
values (@recommender, @jobHash, cast(@report as jsonb), @runId, @at)
