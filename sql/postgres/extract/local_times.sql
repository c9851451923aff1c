-- PostgresSession.ReadTimesAsync: times among which the newest that is not later than now is, where times are local: the newest of each
-- quarter of an hour, and near now all. The order of local times is that of the moments they mean, but for the hours around a change of
-- the clocks, and these changes lie on quarters of an hour; binary.
copy (
    select max({columns})
    from {source} as q
    where q.{time} >= {epoch} and q.{time} <= {now}
    group by case
        when q.{time} > {near} then q.{time}
        else date_bin(
            '15 minutes',
            q.{time},
            timestamp '2000-01-01')
    end
) to stdout (format binary)
