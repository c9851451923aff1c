-- ReleaseWriter: loads one row of statistics of items.
insert into {table} (release_id, item_id, users, popularity, propensity, exposure)
values (@releaseId, @itemId, @users, @popularity, @propensity, @exposure)
