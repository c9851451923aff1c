-- RecommenderSetup: statistics of the items of the current release.
drop view if exists {view};
create view {view} as
select list.item_id, list.users, list.popularity, list.propensity, list.exposure, list.release_id
from {table} as list
where list.release_id = (select pointer.release_id from {pointer} as pointer)
