-- Migrator: waits for the migration lock of this transaction, then returns 1 if the journal exists, else 0.
select case when pg_advisory_xact_lock(@lockKey) is null then 0 else (to_regclass('{migrations}') is not null)::integer end
