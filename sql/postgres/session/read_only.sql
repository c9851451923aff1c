-- Database.OpenAsync: a session that refuses every write.
set session characteristics as transaction read only
