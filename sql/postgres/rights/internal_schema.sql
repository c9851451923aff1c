-- MigrationScript: the schema of the ledger and of the releases' tables.
create schema if not exists {internal} authorization {etl}
