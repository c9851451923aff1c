-- RecommenderSetup: the places of lists that were given to drawn items; all releases share the table.
create table if not exists {table} (
    release_id integer not null,
    user_id {userType} not null,
    rank integer not null,
    item_id {itemType} not null,
    propensity real not null,
    pool_size integer not null,
    score real not null,
    best_item_id {itemType} not null,
    policy text not null,
    primary key (release_id, user_id, rank)
) without rowid
