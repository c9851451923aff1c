-- MigrationScript: the schema that readers see.
create schema if not exists {contract} authorization {etl}
