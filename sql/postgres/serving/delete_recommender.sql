-- RecommenderRegistry.DropAsync: forgets a recommender whose objects are gone.
delete from {recommenders}
where name = @name
