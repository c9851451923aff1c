-- ForgottenUsers.LoadAsync: returns whom a recommender has forgotten or is about to forget.
select user_hash, is_done
from {forgotten}
where recommender = @recommender
