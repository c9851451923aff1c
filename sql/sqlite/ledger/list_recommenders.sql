-- LedgerRetention: returns the recommenders that have runs, also those that are gone.
select distinct recommender
from {runs}
order by recommender
