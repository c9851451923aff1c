-- RecommenderSetup: popular and trending lists; all releases share the table.
create table if not exists {table} (
    release_id integer not null,
    segment text not null,
    kind text not null,
    rank integer not null,
    item_id {itemType} not null,
    score real not null,
    primary key (release_id, segment, kind, rank)
) without rowid
