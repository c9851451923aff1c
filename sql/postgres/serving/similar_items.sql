-- ServingReader.SimilarAsync: the items most similar to one.
select item_id, rank, similar_item_id, score, source, release_id
from {similarView}
where item_id = cast(@itemId as {itemType})
order by rank
limit @n
