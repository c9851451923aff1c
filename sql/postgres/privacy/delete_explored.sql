-- ReleaseEraser: removes what was drawn for a user from a release; returns a 1 per row.
delete from {table}
where release_id = @releaseId and user_id = @userId
returning 1
