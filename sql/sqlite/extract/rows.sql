-- SqliteSession.ReadRowsAsync: columns of all rows of a relation.
select {columns}
from {source} as q
