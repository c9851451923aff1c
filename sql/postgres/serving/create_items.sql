-- RecommenderSetup: statistics of items; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    item_id {itemType} not null,
    users integer not null,
    popularity double precision not null,
    propensity double precision not null,
    exposure bigint not null
) partition by list (release_id)
