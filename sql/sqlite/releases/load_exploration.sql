-- ReleaseWriter: loads one drawn item.
insert into {table} (release_id, user_id, rank, item_id, propensity, pool_size, score, best_item_id, policy)
values (@releaseId, @userId, @rank, @itemId, @propensity, @poolSize, @score, @bestItemId, @policy)
