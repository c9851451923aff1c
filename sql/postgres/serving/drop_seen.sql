-- RecommenderSetup: drops the view of what users have just taken.
drop view if exists {seen}
