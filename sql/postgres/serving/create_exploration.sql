-- RecommenderSetup: the places of lists that were given to drawn items; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    user_id {userType} not null,
    rank integer not null,
    item_id {itemType} not null,
    propensity double precision not null,
    pool_size integer not null,
    score double precision not null,
    best_item_id {itemType} not null,
    policy text not null
) partition by list (release_id)
