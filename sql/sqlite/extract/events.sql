-- SqliteSession.ReadEventsAsync: user, item, time, value, event of all rows; times may be text in several forms, so the reader
-- tells which rows lie inside the window.
select {columns}
from {source} as q
