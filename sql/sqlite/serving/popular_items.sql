-- ServingReader.PopularAsync: one popular or trending list.
select segment, kind, rank, item_id, score, release_id
from {popularView}
where segment = @segment and kind = @kind
order by rank
limit @n
