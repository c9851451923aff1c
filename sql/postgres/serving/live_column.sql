-- PostgresLiveColumns: returns no row, only the type of a column of one of the job's live relations.
select {column}
from {relation} as live
where false
