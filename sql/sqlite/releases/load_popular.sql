-- ReleaseWriter: loads one row of popular and trending lists.
insert into {table} (release_id, segment, kind, rank, item_id, score)
values (@releaseId, @segment, @kind, @rank, @itemId, @score)
