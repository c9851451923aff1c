-- ReleasePublisher: removes some of a release's rows of one kind: whole values of the leading key column, about @rows rows.
delete from {table}
where release_id = @releaseId
    and {leading} <= coalesce(
        (select {leading} from {table} where release_id = @releaseId order by {leading} limit 1 offset @rows),
        (select max({leading}) from {table} where release_id = @releaseId))
