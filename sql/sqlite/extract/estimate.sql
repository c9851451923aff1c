-- SqliteSession.EstimateRowsAsync: the number of rows; SQLite keeps no estimate.
select count(*)
from {source} as q
