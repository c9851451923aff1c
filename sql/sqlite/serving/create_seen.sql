-- RecommenderSetup: what users have just taken, as the job's live relation says.
drop view if exists {seen};
create view {seen} as
select taken.{seenUser} as user_id, taken.{seenItem} as item_id
from {seenTable} as taken
