-- ForgottenUsers.RemoveAsync: the user may be taken in again.
delete from {forgotten}
where recommender = @recommender and user_hash = @userHash
