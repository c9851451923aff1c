-- ReleaseWriter: loads similar items.
copy {table} (release_id, item_id, rank, similar_item_id, score, source) from stdin (format binary)
