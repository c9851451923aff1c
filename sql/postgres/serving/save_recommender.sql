-- RecommenderSetup: records a recommender as it is set up now.
insert into {recommenders} (
    name, user_kind, item_kind, has_again, eligible_table, eligible_item, seen_table, seen_user, seen_item, setup_hash,
    has_exploration, has_lists)
values (
    @name, @userKind, @itemKind, @hasAgain, @eligibleTable, @eligibleItem, @seenTable, @seenUser, @seenItem, @setupHash, @hasExploration, @hasLists)
on conflict (name) do update
set has_again = excluded.has_again, eligible_table = excluded.eligible_table,
    eligible_item = excluded.eligible_item, seen_table = excluded.seen_table, seen_user = excluded.seen_user,
    seen_item = excluded.seen_item, setup_hash = excluded.setup_hash, has_exploration = excluded.has_exploration,
    has_lists = excluded.has_lists
