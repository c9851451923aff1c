-- SqliteSession.DescribeAsync: the columns of a relation; read through where a column has no declared type.
select {columns}
from {source} as q
