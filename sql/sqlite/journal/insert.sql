-- Migrator: records a migration that was applied in this transaction.
insert into {migrations} (version, name, checksum, applied_at)
values (@version, @name, @checksum, @appliedAt)
