-- RecommenderSetup: what users have just taken, as the job's live relation says.
create or replace view {seen} as
select cast(taken.{seenUser} as {userType}) as user_id, cast(taken.{seenItem} as {itemType}) as item_id
from {seenTable} as taken
