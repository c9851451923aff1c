-- Database.OpenAsync: readers and one writer work side by side, a second writer waits its turn.
pragma busy_timeout = 30000;
pragma journal_mode = wal;
pragma synchronous = normal;
pragma foreign_keys = on;
pragma analysis_limit = 1000
