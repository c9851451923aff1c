-- RunLedger.StartAsync: returns the run that was recorded under this token: its start is being repeated.
select run_id
from {runs}
where token = @token
