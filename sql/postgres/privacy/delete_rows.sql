-- ReleaseEraser: removes a user's rows of one list from a release; returns how many places on the list each row was.
delete from {table}
where release_id = @releaseId and user_id = @userId
returning cardinality(item_ids)
