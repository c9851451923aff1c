-- QuarantineTable.SaveAsync: keeps one row that a run could not use.
insert into {quarantine} (
    run_id, position, recommender, source, reason, of_rows, column_name,
    user_id, item_id, time_text, value_text, rejected_at)
values (
    @runId, @position, @recommender, @source, @reason, @ofRows, @column,
    @user, @item, @time, @value, @at)
