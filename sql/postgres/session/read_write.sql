-- Database.OpenAsync: a session that may write; nothing waits longer than this for a lock, so that no queue of readers forms behind it.
set lock_timeout = '5s'
