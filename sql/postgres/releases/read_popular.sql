-- ReleaseVerifier: returns the popular and trending lists of a release, list by list in the order of ranks.
copy (
    select kind || ':' || segment, cast(rank as bigint), cast(item_id as {itemForm}), score
    from {table}
    order by segment, kind, rank
) to stdout (format binary)
