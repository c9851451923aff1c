-- GuardLedger.VerdictAsync: returns the verdict on a run, rule by rule.
select rule, figure, limit_value, passed, message
from {verdicts}
where run_id = @runId
order by position
