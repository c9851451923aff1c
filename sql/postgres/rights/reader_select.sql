-- RightsStatements: readers may read what is there now.
grant select on all tables in schema {contract} to {reader}
