-- RecommenderSetup: lists of recommendations; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    user_id {userType} not null,
    rank integer not null,
    item_id {itemType} not null,
    score double precision not null,
    source text not null,
    reason_code text,
    because_item_id {itemType}
) partition by list (release_id)
