-- Migrator: one run at a time, and who took a release back. Times are microseconds since 1970-01-01 UTC; a lock's are the store's.
create table {locks} (
    recommender text primary key,
    fence bigint not null,
    holder text,
    purpose text,
    run_id bigint,
    host text,
    machine text,
    process_id integer,
    process_started_at bigint,
    acquired_at bigint,
    expires_at bigint,
    cancel_requested_at bigint,
    cancel_requested_by text,
    cancel_reason text
);

alter table {runs} add column token text;

create unique index {runsToken} on {runs} (token);

alter table {releases} add column refused_reason text;

alter table {releases} add column withdrawn_at bigint;

alter table {releases} add column withdrawn_by text;

alter table {releases} add column withdrawn_reason text;

create function {movePointer}() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    target record;
begin
    if new.release_id is not distinct from old.release_id then
        return new;
    end if;
    select recommender, state, refused_reason into target from {releases} where release_id = new.release_id for update;
    if target.recommender is distinct from tg_argv[0] then
        raise exception 'Release % is none of recommender %.', new.release_id, tg_argv[0] using errcode = 'check_violation';
    end if;
    if target.state <> 'built' then
        raise exception 'Release % is %. Expected: built.', new.release_id, target.state using errcode = 'check_violation';
    end if;
    if target.refused_reason is not null then
        raise exception 'Release % was refused: %', new.release_id, target.refused_reason using errcode = 'check_violation';
    end if;
    if new.published_at is not distinct from old.published_at then
        new.published_at := cast(extract(epoch from clock_timestamp()) * 1000000 as bigint);
    end if;
    update {releases}
    set retired_at = new.published_at,
        withdrawn_at = case when new.release_id < old.release_id then new.published_at end,
        withdrawn_by = case when new.release_id < old.release_id then session_user || ' via sql' end
    where release_id = old.release_id;
    update {releases}
    set published_at = new.published_at, retired_at = null, withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null
    where release_id = new.release_id;
    return new;
end
$$;
