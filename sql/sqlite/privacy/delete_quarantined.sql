-- Erasures: removes a user's rejected rows.
delete from {quarantine}
where recommender = @recommender and user_id = @userId
