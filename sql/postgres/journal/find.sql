-- Migrator: waits for the migration lock of this transaction, then returns 1 if the journal exists, else 0.
select case
    when set_config('lock_timeout', '0', true) is null then 0
    when pg_advisory_xact_lock(@lockKey) is null then 0
    when set_config('lock_timeout', '5s', true) is null then 0
    else (to_regclass('{migrations}') is not null)::integer
end
