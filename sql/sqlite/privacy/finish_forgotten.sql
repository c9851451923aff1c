-- ForgottenUsers.FinishAsync: everything that was held about the user has been removed.
update {forgotten}
set is_done = 1
where recommender = @recommender and user_hash = @userHash
