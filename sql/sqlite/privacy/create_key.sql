-- ForgottenUsers: makes the key of the hashes unless there is one, or hashes that were made with a key that is gone.
insert into {privacyKey} (key_id, secret)
select 1, @secret
where not exists (select 1 from {forgotten})
on conflict (key_id) do nothing
