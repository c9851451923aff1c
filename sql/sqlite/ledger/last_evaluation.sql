-- RunLedger.LastEvaluationAsync: returns a recommender's newest measurement.
select job_hash, report, run_id, measured_at
from {evaluations}
where recommender = @recommender
order by evaluation_id desc
limit 1
