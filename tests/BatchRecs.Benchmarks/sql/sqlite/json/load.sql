-- SqliteJsonForm: loads the list of one user.
insert into bench_json (release_id, user_id, list) values (1, @userId, @list)
