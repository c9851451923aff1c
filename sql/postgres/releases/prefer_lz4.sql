-- PostgresReleaseTables: what this session loads is packed by lz4 where the server has it, which loads and reads faster.
select set_config(name, 'lz4', false)
from pg_settings
where name = 'default_toast_compression' and 'lz4' = any(enumvals)
