-- StoredListReader: returns the items of a release, how many users each has, and how many lists show it.
select cast(item_id as text) as item_id, users, exposure
from {table}
where release_id = @releaseId
order by item_id
