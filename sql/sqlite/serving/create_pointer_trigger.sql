-- RecommenderSetup: whoever moves the pointer, a run or a person, the release is looked at and the releases say what became of them.
drop trigger if exists {pointerTrigger};
create trigger {pointerTrigger} after update of release_id on {pointer}
when new.release_id is not old.release_id
begin
    select raise(abort, 'This release is none of this recommender.')
    where not exists (select 1 from {releases} where release_id = new.release_id and recommender = {recommenderText});
    select raise(abort, 'This release is not complete. Expected state: built.')
    where exists (select 1 from {releases} where release_id = new.release_id and state <> 'built');
    select raise(abort, 'A guard refused this release.')
    where exists (select 1 from {releases} where release_id = new.release_id and refused_reason is not null);
    update {pointer}
    set published_at =
        cast(strftime('%s', 'now') as integer) * 1000000 + cast(substr(strftime('%f', 'now'), 4) as integer) * 1000
    where new.published_at is old.published_at;
    update {releases}
    set retired_at = (select published_at from {pointer}),
        withdrawn_at = case when new.release_id < old.release_id then (select published_at from {pointer}) end,
        withdrawn_by = case when new.release_id < old.release_id then 'sql' end
    where release_id = old.release_id;
    update {releases}
    set published_at = (select published_at from {pointer}), retired_at = null,
        withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null
    where release_id = new.release_id;
end
