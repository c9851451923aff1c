-- MigrationScript: the views read a job's live relation with the rights of the writing role.
grant select on {relation} to {etl}
