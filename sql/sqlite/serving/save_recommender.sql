-- ReleaseStore.EnsureRecommenderAsync: records a recommender as it is set up now; a list once made stays.
insert into {recommenders} (name, user_kind, item_kind, has_again, eligible_table, eligible_item, seen_table, seen_user, seen_item)
values (@name, @userKind, @itemKind, @hasAgain, @eligibleTable, @eligibleItem, @seenTable, @seenUser, @seenItem)
on conflict (name) do update
set has_again = max({recommenders}.has_again, excluded.has_again), eligible_table = excluded.eligible_table,
    eligible_item = excluded.eligible_item, seen_table = excluded.seen_table, seen_user = excluded.seen_user,
    seen_item = excluded.seen_item
