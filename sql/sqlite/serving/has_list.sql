-- ServingReader.HasListAsync: 1 if a user has rows left after live exclusions, else 0; then for_user gives the popular list.
select count(*)
from (select 1 from {recommendationsView} where user_id = @userId limit 1) as own
