-- RecommenderSetup: a job without a live relation of what users have just taken.
create view {seen} as
select cast(null as {userType}) as user_id, cast(null as {itemType}) as item_id
where false
