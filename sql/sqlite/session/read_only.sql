-- Database.OpenAsync: a session that refuses every write.
pragma busy_timeout = 30000;
pragma query_only = on
