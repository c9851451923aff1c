-- RunLedger.StartAsync: marks runs whose process ended without a word; only one run of a recommender is ever under way.
update {runs}
set state = 'Failed', finished_at = @at, message = 'The process ended without a word.'
where recommender = @recommender and state = 'Running'
