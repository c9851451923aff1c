-- Database.OpenAsync: a session that may write, whatever it did in a pool that resets nothing; nothing waits longer than this for a lock,
-- so that no queue of readers forms behind it.
set session characteristics as transaction read write;
set lock_timeout = '5s'
