-- ForgottenUsers: makes the key of the hashes unless there is one.
insert into {privacyKey} (key_id, secret)
values (1, @secret)
on conflict (key_id) do nothing
