-- LedgerRetention: returns measurements from before a moment, but for the newest: it says when the next one is due.
select measured.evaluation_id
from {evaluations} as measured
where measured.recommender = @recommender
    and measured.measured_at < @before
    and measured.evaluation_id < (
        select max(other.evaluation_id) from {evaluations} as other where other.recommender = @recommender)
order by measured.evaluation_id
