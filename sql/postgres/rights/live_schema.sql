-- MigrationScript: the writing role may name the schema of a job's live relation.
grant usage on schema {schema} to {etl}
