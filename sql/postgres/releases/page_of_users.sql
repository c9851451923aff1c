-- StoredListReader: returns the next users who have a list in either of two releases, in the order of the store.
select cast(listed.user_id as text)
from (
    (
        select user_id from {table}
        where release_id = @releaseId and user_id >= cast(@from as {userType})
        order by user_id limit @count
    )
    union
    (
        select user_id from {otherTable}
        where release_id = @otherId and user_id >= cast(@from as {userType})
        order by user_id limit @count
    )
) as listed
order by listed.user_id
limit @count
