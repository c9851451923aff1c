-- ReleaseWriter: loads one row of similar items.
insert into {table} (release_id, item_id, rank, similar_item_id, score, source)
values (@releaseId, @itemId, @rank, @similarItemId, @score, @source)
