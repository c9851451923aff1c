-- RunLedger.SaveEvaluationAsync: keeps a measurement; one that is kept already stays as it is.
insert into {evaluations} (recommender, job_hash, report, run_id, measured_at)
select @recommender, @jobHash, @report, @runId, @at
where not exists (
    select 1 from {evaluations} where recommender = @recommender and run_id = @runId and measured_at = @at)
