-- StoredListReader: returns the next users who have a list in either of two releases, in the order of the store.
select cast(user_id as text)
from (
    select user_id from (
        select user_id from {table}
        where release_id = @releaseId and user_id >= cast(@from as {userType}) and rank = 1
        order by user_id limit @count
    )
    union
    select user_id from (
        select user_id from {otherTable}
        where release_id = @otherId and user_id >= cast(@from as {userType}) and rank = 1
        order by user_id limit @count
    )
)
order by user_id
limit @count
