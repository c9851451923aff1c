-- LedgerRetention: returns ended runs that began before a moment, but for the newest of all and those that made a release that is there.
select run.run_id
from {runs} as run
where run.recommender = @recommender
    and run.started_at < @before
    and run.finished_at is not null
    and run.run_id < (select max(other.run_id) from {runs} as other where other.recommender = @recommender)
    and not exists (select 1 from {releases} as release where release.run_id = run.run_id)
order by run.run_id
