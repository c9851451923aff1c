-- RecommenderRegistry.DropAsync: forgets the releases of a recommender whose objects are gone.
delete from {releases}
where recommender = @name
