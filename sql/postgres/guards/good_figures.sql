-- GuardLedger.GoodRunsAsync: returns the figures of the last good runs of a definition, newest run first; on request only of
-- those since the last override.
select figure.run_id, figure.name, figure.figure
from {figures} as figure
where figure.definition = @definition
    and figure.run_id in (
        select run.run_id
        from {runs} as run
        where run.recommender = @recommender
            and run.state in ('Published', 'Unchanged')
            and run.as_of <= @asOf
            and exists (select 1 from {figures} as own where own.run_id = run.run_id and own.definition = @definition)
            and (@sinceOverride = 0 or run.run_id >= coalesce((
                select max(other.run_id)
                from {runs} as other
                where other.recommender = @recommender and other.state = 'Published' and other.overridden_at is not null), 0))
        order by run.run_id desc
        limit @limit)
order by figure.run_id desc, figure.name
