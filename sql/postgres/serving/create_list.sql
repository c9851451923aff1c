-- RecommenderSetup: lists of recommendations, one row per user with arrays in the order of ranks; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    user_id {userType} not null,
    item_ids {itemType}[] not null,
    scores double precision[] not null,
    sources text[] not null,
    reason_codes text[] not null,
    because_item_ids {itemType}[] not null
) partition by list (release_id)
