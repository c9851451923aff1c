-- RightsStatements: everything that follows belongs to the role that writes.
set role {etl}
