-- ReleaseWriter: loads rows of a list of recommendations.
copy {table} (release_id, user_id, rank, item_id, score, source, reason_code, because_item_id) from stdin (format binary)
