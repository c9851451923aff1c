-- RecommenderSetup: similar items; each release's own table is a partition.
create table if not exists {table} (
    release_id bigint not null,
    item_id {itemType} not null,
    rank integer not null,
    similar_item_id {itemType} not null,
    score double precision not null,
    source text not null
) partition by list (release_id)
