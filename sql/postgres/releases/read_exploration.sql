-- ExplorationReader: returns what was drawn in a release, user by user.
copy (
    select
        cast(user_id as {userForm}), cast(rank as bigint), cast(item_id as {itemForm}), score, propensity, cast(pool_size as bigint),
        cast(best_item_id as {itemForm}), cast(case when item_id = best_item_id then 1 else 0 end as bigint)
    from {table}
    order by user_id, rank
) to stdout (format binary)
