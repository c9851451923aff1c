-- RecommenderSetup: what users have just taken, as the job's live relation says; no cast, so that its indexes serve and no row can fail.
create view {seen} as
select {seenUser} as user_id, {seenItem} as item_id
from {seenTable} as taken
