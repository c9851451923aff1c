-- RunLedger.LastEvaluationAsync: returns a recommender's newest measurement.
select job_hash as JobHash, report as Report, run_id as RunId, measured_at as MeasuredAt
from {evaluations}
where recommender = @recommender
order by evaluation_id desc
limit 1
