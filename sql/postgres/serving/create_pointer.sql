-- RecommenderSetup: the one row that names the current release; null before the first.
create table if not exists {pointer} (
    only_row integer primary key check (only_row = 1),
    release_id bigint,
    published_at bigint
)
