-- RecommenderSetup: popular and trending lists; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    segment text not null,
    kind text not null,
    rank integer not null,
    item_id {itemType} not null,
    score double precision not null
) partition by list (release_id)
