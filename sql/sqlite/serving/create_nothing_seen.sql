-- RecommenderSetup: a job without a live relation of what users have just taken.
create view {seen} as
select null as user_id, null as item_id
where false
