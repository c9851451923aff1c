-- PostgresForm: a user's whole list.
select item_id, rank, score, source, reason_code, because_item_id from bench_arrays_list where user_id = @userId order by rank
