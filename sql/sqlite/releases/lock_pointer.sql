-- ReleasePublisher: returns the id of the current release or null; the transaction already holds the write lock.
select release_id
from {pointer}
