-- RecommenderSetup: lists of recommendations; all releases share the table.
create table if not exists {table} (
    release_id integer not null,
    user_id {userType} not null,
    rank integer not null,
    item_id {itemType} not null,
    score real not null,
    source text not null,
    reason_code text,
    because_item_id {itemType},
    primary key (release_id, user_id, rank)
) without rowid
