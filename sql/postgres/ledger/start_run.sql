-- RunLedger.StartAsync: records a run that begins; returns its id.
insert into {runs} (
    recommender, job_path, job_hash, job_text, as_of, as_of_given, triggered_by, host, process_id, token, state, started_at)
values (
    @recommender, @jobPath, @jobHash, @jobText, @asOf, @asOfGiven, @trigger, @host, @processId, @token, 'Running', @at)
returning run_id
