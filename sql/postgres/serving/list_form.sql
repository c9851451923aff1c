-- RecommenderRegistry.EnsureAsync: returns arrays or rows, the form of the lists of a recommender that was set up before.
select case when count(*) > 0 then 'arrays' else 'rows' end
from pg_attribute
where attrelid = to_regclass(@table) and attname = 'item_ids'
