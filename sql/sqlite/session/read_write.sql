-- Database.OpenAsync: readers and one writer work side by side; a second writer waits its turn; a power cut may cost the last commits, never the file.
pragma busy_timeout = 30000;
pragma journal_mode = wal;
pragma synchronous = normal;
pragma foreign_keys = on;
pragma analysis_limit = 1000
