-- PostgresForm: loads lists.
copy bench_codes_1 (release_id, user_id, item_ids, scores, sources, reason_codes, words, because_item_ids) from stdin (format binary)
