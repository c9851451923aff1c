-- ReleaseVerifier: returns the lists of a release, and 1 where all arrays of a list have the same length and no source is missing.
copy (
    select
        cast(user_id as {userForm}) as user_id, item_ids, scores, because_item_ids,
        case when cardinality(scores) = cardinality(item_ids) and cardinality(sources) = cardinality(item_ids)
                and cardinality(reason_codes) = cardinality(item_ids) and cardinality(because_item_ids) = cardinality(item_ids)
                and array_position(sources, null) is null
            then cast(1 as bigint) else cast(0 as bigint) end as is_whole
    from {table}
) to stdout (format binary)
