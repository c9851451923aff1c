-- PersonalRows: returns a user's rejected rows, oldest first.
select run_id, source, reason, column_name, item_id, time_text, value_text, rejected_at
from {quarantine}
where recommender = @recommender and user_id = @userId
order by run_id, position
