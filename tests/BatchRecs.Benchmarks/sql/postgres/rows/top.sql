-- PostgresForm: the first ten rows of a user's list.
select item_id, rank, score, source, reason_code, because_item_id from bench_rows_list where user_id = @userId order by rank limit 10
