-- ReleaseWriter: loads one row of a list of recommendations.
insert into {table} (release_id, user_id, rank, item_id, score, source, reason_code, because_item_id)
values (@releaseId, @userId, @rank, @itemId, @score, @source, @reasonCode, @becauseItemId)
