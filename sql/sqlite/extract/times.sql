-- SqliteSession.ReadTimesAsync: the time of every row; times may be text in several forms, so the reader finds the newest.
select {columns}
from {source} as q
