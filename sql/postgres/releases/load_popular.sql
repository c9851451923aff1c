-- ReleaseWriter: loads popular and trending lists.
copy {table} (release_id, segment, kind, rank, item_id, score) from stdin (format binary)
