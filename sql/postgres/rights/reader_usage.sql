-- RightsStatements: readers may name what is in the schema of the contract.
grant usage on schema {contract} to {reader}
