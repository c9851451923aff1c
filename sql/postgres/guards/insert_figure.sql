-- GuardLedger.SaveFiguresAsync: keeps one figure of a run.
insert into {figures} (run_id, name, definition, figure)
values (@runId, @name, @definition, @figure)
