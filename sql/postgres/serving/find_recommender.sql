-- ReleaseStore: returns the recommender as it was last set up.
select
    name as Name, user_kind as UserKind, item_kind as ItemKind, has_again as HasAgain, eligible_table as EligibleTable,
    eligible_item as EligibleItem, seen_table as SeenTable, seen_user as SeenUser, seen_item as SeenItem
from {recommenders}
where name = @name
