-- ReleaseWriter: loads what was drawn.
copy {table} (release_id, user_id, rank, item_id, propensity, pool_size, score, best_item_id, policy) from stdin (format binary)
