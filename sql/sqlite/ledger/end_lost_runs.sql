-- RunLedger.StartAsync: marks runs whose process ended without a word; the caller holds the recommender's lock.
update {runs}
set state = 'Lost', finished_at = @at, message = @message
where recommender = @recommender and state = 'Running'
