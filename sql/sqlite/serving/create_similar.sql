-- RecommenderSetup: similar items; all releases share the table.
create table if not exists {table} (
    release_id integer not null,
    item_id {itemType} not null,
    rank integer not null,
    similar_item_id {itemType} not null,
    score real not null,
    source text not null,
    primary key (release_id, item_id, rank)
) without rowid
