-- PostgresSession.DescribeAsync: only described, never run; the columns of a relation and their types.
select {columns}
from {source} as q
