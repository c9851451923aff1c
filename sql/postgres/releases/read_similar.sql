-- ReleaseVerifier: returns the similar items of a release, item by item in the order of ranks.
copy (
    select cast(item_id as {itemForm}), cast(rank as bigint), cast(similar_item_id as {itemForm}), score
    from {table}
    order by item_id, rank
) to stdout (format binary)
