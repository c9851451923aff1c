-- ReleaseVerifier: returns lists; source_count is -1 if one is null. Each mention of a packed column unpacks it anew: so there are few.
copy (
    select
        cast(user_id as {userForm}) as user_id, item_ids, scores, because_item_ids,
        case when array_position(sources, null) is null then cast(cardinality(sources) as bigint) else -1 end as source_count,
        cast(cardinality(reason_codes) as bigint) as reason_count
    from {table}
) to stdout (format binary)
