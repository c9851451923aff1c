-- PostgresForm: loads lists.
copy bench_arrays_1 (release_id, user_id, item_ids, scores, sources, reason_codes, because_item_ids) from stdin (format binary)
