-- PostgresForm: ten rows by the function.
select item_id, rank, score, source, reason_code, because_item_id from bench_codes_for(@userId, 10)
