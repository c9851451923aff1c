-- Erasures: frees the space of removed rows for new ones, and gathers the statistics anew: the old ones may quote a removed id.
vacuum (analyze) {table} (user_id)
