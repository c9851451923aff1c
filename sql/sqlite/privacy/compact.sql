-- Erasures: writes the file anew without its free pages and empties the log, so that the bytes of removed rows are gone.
vacuum;
pragma wal_checkpoint(truncate)
