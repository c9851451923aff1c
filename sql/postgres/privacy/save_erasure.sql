-- Erasures: keeps a receipt.
insert into {erasures} (receipt, recommender, erased_at, requested_by, counts)
values (@receipt, @recommender, @at, @by, cast(@counts as jsonb))
