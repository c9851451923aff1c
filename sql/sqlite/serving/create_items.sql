-- RecommenderSetup: statistics of items; all releases share the table.
create table if not exists {table} (
    release_id integer not null,
    item_id {itemType} not null,
    users integer not null,
    popularity real not null,
    propensity real not null,
    exposure integer not null,
    primary key (release_id, item_id)
) without rowid
