-- ReleaseWriter: loads statistics of items.
copy {table} (release_id, item_id, users, popularity, propensity, exposure) from stdin (format binary)
