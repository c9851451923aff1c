-- ReleaseWriter: loads lists of recommendations, one row per user.
copy {table} (release_id, user_id, item_ids, scores, sources, reason_codes, because_item_ids) from stdin (format binary)
