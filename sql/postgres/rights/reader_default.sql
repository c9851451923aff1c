-- RightsStatements: readers may read what later runs add.
alter default privileges for role {etl} in schema {contract} grant select on tables to {reader}
