-- GuardLedger.SaveVerdictAsync: keeps one rule of the verdict on a run.
insert into {verdicts} (run_id, position, rule, figure, limit_value, passed, message)
values (@runId, @position, @rule, @figure, @limit, @passed, @message)
