-- ForgottenUsers: returns the key of the hashes; nothing before the first user was forgotten.
select secret from {privacyKey}
