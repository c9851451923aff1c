-- PostgresForm: loads lists.
copy bench_rows_1 (release_id, user_id, rank, item_id, score, source, reason_code, because_item_id) from stdin (format binary)
