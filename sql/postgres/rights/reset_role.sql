-- RightsStatements: back to who ran the script.
reset role
