-- ReleaseEraser: removes a user's rows of one list from a release.
delete from {table}
where release_id = @releaseId and user_id = @userId
