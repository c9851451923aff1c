-- ReleasePublisher: locks the row that names the current release until the transaction ends; returns the current release's id or null.
select release_id
from {pointer}
for update
