-- ServingReader.RecommendationsAsync: a user's list, or the popular list of a segment for a user without one.
select user_id, rank, item_id, score, source, reason_code, because_item_id, propensity, variant, release_id, published_at
from {for}(cast(@userId as {userType}), @n, @segment)
order by rank
