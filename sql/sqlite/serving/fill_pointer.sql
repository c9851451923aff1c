-- RecommenderSetup: makes sure that the pointer has its row.
insert into {pointer} (only_row, release_id, published_at)
values (1, null, null)
on conflict (only_row) do nothing
