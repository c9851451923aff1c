-- SqliteCsvTarget: inserts one row; prepared once per import.
insert into {table} ({columns}) values ({values})
