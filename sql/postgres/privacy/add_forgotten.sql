-- ForgottenUsers.AddAsync: from now on no extract takes the user in; done says whether everything held was removed.
insert into {forgotten} (recommender, user_hash, is_done)
values (@recommender, @userHash, 0)
on conflict (recommender, user_hash) do nothing
