-- RecommenderRegistry: returns the recommender as it was last set up.
select
    name, user_kind, item_kind, has_again, eligible_table,
    eligible_item, seen_table, seen_user, seen_item,
    setup_hash, has_exploration, has_lists
from {recommenders}
where name = @name
