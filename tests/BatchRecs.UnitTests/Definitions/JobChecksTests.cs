namespace BatchRecs.UnitTests.Definitions;

public sealed class JobChecksTests : IDisposable
{
    const string TwoTypes = """
        recommender: movies
        sources:
          - table: ratings
            columns: { user: user_id, item: movie_id, time: rated_at }
            event: rating
          - table: clicks
            columns: { user: user_id, item: movie_id, time: clicked_at }
            event: click
        events:
          rating: {}
          click: {}
        """;

    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Keys_that_fit_together_are_accepted() => Assert.Equal(["rating", "click"], _project.Load(TwoTypes).Job.Events.Keys);

    [Theory]
    [InlineData("    table: ratings\n    query: jobs/queries/some.sql\n", "found both table and query; expected one of them.")]
    [InlineData("    event: interaction\n", "found neither table nor query; expected one of them.")]
    public void A_source_has_a_table_or_a_query(string lines, string mistake)
    {
        _project.Write("jobs/queries/some.sql", "select 1");

        Assert.Equal(
            [$"jobs/movies.yaml:3: sources[0]: {mistake}"],
            _project.MistakesIn($"recommender: movies\nsources:\n  - columns: {{ user: u, item: i, time: t }}\n{lines}"));
    }

    [Fact]
    public void Items_come_from_a_table_or_a_query() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: items: found neither table nor query; expected one of them."],
            _project.MistakesBelow("items: { columns: { item: id } }"));

    [Fact]
    public void A_query_must_exist_lie_inside_the_project_and_say_something()
    {
        _project.Write("jobs/queries/empty.sql", " \n");

        Assert.Equal(
            [
                "jobs/movies.yaml:5: items.query: found '../items.sql'; expected a file inside the project.",
                "jobs/movies.yaml:7: exclude.items: there is no file 'jobs/queries/none.sql'; "
                    + "expected an SQL file with one select statement, its path relative to the project root.",
                "jobs/movies.yaml:8: exclude.pairs: the file 'jobs/queries/empty.sql' is empty; expected one select statement.",
            ],
            _project.MistakesBelow(
                """
                items: { query: ../items.sql, columns: { item: id } }
                exclude:
                  items: jobs/queries/none.sql
                  pairs: jobs/queries/empty.sql
                """));
    }

    [Fact]
    public void A_drawn_item_has_its_place_inside_the_list_and_its_log_is_a_table_or_a_query() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:7: explore.ranks: found 3, 9; "
                    + "expected places from 1 to precompute.count, 8, each greater than the one before.",
                "jobs/movies.yaml:8: explore.outcomes: found neither table nor query; expected one of them.",
            ],
            _project.MistakesBelow(
                """
                precompute: { count: 8 }
                explore:
                  ranks: [3, 9]
                  outcomes: { columns: { user: u, item: i, time: t } }
                """).Order(StringComparer.Ordinal));

    [Fact]
    public void A_time_zone_must_exist() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: timeZone: found 'Europe/Berlyn'; expected the name of a time zone, such as Europe/Berlin."],
            _project.MistakesBelow("timeZone: Europe/Berlyn"));

    [Fact]
    public void The_event_type_is_a_constant_or_a_column() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: sources[0].event: found an event type and columns.event; expected one of them: a constant, or a column."],
            _project.MistakesIn(Changed(TwoTypes, "time: rated_at", "time: rated_at, event: kind")));

    [Fact]
    public void A_column_of_event_types_needs_the_events_section() =>
        Assert.Equal(
            ["jobs/movies.yaml:4: sources[0].columns.event: the types in this column need weights; "
                + "expected a section 'events' that names them."],
            _project.MistakesIn(Changed(SomeProject.ShortestJob, "time: rated_at", "time: rated_at, event: kind")));

    [Fact]
    public void Event_names_need_a_column_of_event_types_and_mean_known_types() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: sources[0].eventNames: found names for an event column; expected columns.event beside them.",
                "jobs/movies.yaml:5: sources[0].eventNames.r: 'ratings' is not among events; did you mean 'rating'?",
            ],
            _project.MistakesIn(Changed(TwoTypes, "    event: rating", "    eventNames: { r: ratings }\n    event: rating")));

    [Fact]
    public void An_event_type_must_be_among_events_and_every_entry_of_events_must_have_a_source() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: sources[0].event: 'ratin' is not among events; did you mean 'rating'?",
                "jobs/movies.yaml:10: events.rating: no source has events of the type 'rating'; "
                    + "expected a source with event: rating, or no such entry.",
            ],
            _project.MistakesIn(Changed(TwoTypes, "event: rating", "event: ratin")));

    [Fact]
    public void A_source_without_an_event_type_is_refused_where_events_have_other_names() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:3: sources[0].event: missing; expected one of the event types of this job: rating, click.",
                "jobs/movies.yaml:9: events.rating: no source has events of the type 'rating'; "
                    + "expected a source with event: rating, or no such entry.",
            ],
            _project.MistakesIn(Changed(TwoTypes, "    event: rating\n", "")));

    [Fact]
    public void What_asks_for_values_needs_a_column_of_values() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:10: events.rating.minValue: the events of this type have no value; "
                    + "expected columns.value in their source.",
                "jobs/movies.yaml:11: events.click.value: the events of this type have no value; "
                    + "expected columns.value in their source.",
            ],
            _project.MistakesIn(Changed(
                Changed(TwoTypes, "rating: {}", "rating: { minValue: 4 }"), "click: {}", "click: { value: log1p }")));

    [Fact]
    public void At_least_one_event_type_is_learnt_from() =>
        Assert.Equal(
            ["jobs/movies.yaml:9: events: every event type has weight 0 or is negative; expected at least one that says what users want."],
            _project.MistakesIn(Changed(TwoTypes, "{}", "{ weight: 0 }")));

    [Fact]
    public void Event_types_of_lists_must_be_known() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:12: precompute.seen.events: 'clik' is not among events; did you mean 'click'?",
                "jobs/movies.yaml:13: again.events: 'purchase' is not among events; expected one of: rating, click.",
            ],
            _project.MistakesIn($"{TwoTypes}\nprecompute: {{ seen: {{ events: [rating, clik] }} }}\nagain: {{ events: [purchase] }}"));

    [Fact]
    public void Blend_and_scorers_name_the_same() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:6: blend.resent: 'resent' is not among scorers; did you mean 'recent'?",
                "jobs/movies.yaml:6: blend: the scorer 'recent' has no weight; expected blend.recent: a number, or 'tuned'.",
            ],
            _project.MistakesBelow("scorers: { als: {}, recent: {} }\nblend: { als: 1, resent: 1 }"));

    [Fact]
    public void One_weight_of_the_blend_is_not_0() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: blend: every weight is 0; expected at least one that is not."],
            _project.MistakesBelow("blend: { als: 0, recent: 0 }"));

    [Fact]
    public void Lengths_that_are_written_fit_the_length_of_a_list() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: precompute.candidates: found 40; expected at least precompute.count, 50.",
                "jobs/movies.yaml:5: precompute.reasons: found 60; expected at most precompute.count, 50.",
                "jobs/movies.yaml:6: guard.minListLength: found 70; expected at most precompute.count, 50.",
                "jobs/movies.yaml:6: guard.depth: found 80; expected at most precompute.count, 50.",
                "jobs/movies.yaml:7: evaluate.at: found 90; expected at most precompute.count, 50: lists are measured as they are served.",
            ],
            _project.MistakesBelow(
                """
                precompute: { count: 50, candidates: 40, reasons: 60 }
                guard: { minListLength: 70, depth: 80 }
                evaluate: { at: [10, 90] }
                """));

    [Fact]
    public void Defaults_never_contradict_a_short_list() =>
        Assert.Equal(5, _project.Load($"{SomeProject.ShortestJob}\nprecompute: {{ count: 5 }}").Job.Precompute.Count);

    [Theory]
    [InlineData("20, 10")]
    [InlineData("10, 10")]
    [InlineData("0, 10")]
    public void Lengths_of_the_measurement_ascend_from_1(string at) =>
        Assert.Equal(
            [$"jobs/movies.yaml:5: evaluate.at: found {at}; expected lengths from 1, each greater than the one before."],
            _project.MistakesBelow($"evaluate: {{ at: [{at}] }}"));

    [Fact]
    public void Nothing_looks_further_back_than_the_window() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: evaluate: found holdout 14d and validation 14d; "
                    + "expected less than window, 28d, together: what comes before them is learnt from.",
                "jobs/movies.yaml:6: precompute.seen.within: found 30d; expected at most window, 28d: older events are not read.",
            ],
            _project.MistakesBelow("evaluate: {}\nprecompute: { seen: { within: 30d } }\nwindow: 28d"));

    [Fact]
    public void A_baseline_of_the_guard_is_known() =>
        Assert.Equal(
            ["jobs/movies.yaml:5: guard.noWorseThan: 'last-week' is no baseline; expected one of: popular, last-7-days, recent, als."],
            _project.MistakesBelow("guard: { noWorseThan: [popular, als, last-week] }"));

    [Fact]
    public void The_champion_is_compared_by_metrics_that_are_compared_and_usual_is_what_enough_runs_say() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: guard.champion.metrics: found precision; expected some of ndcg, recall.",
                "jobs/movies.yaml:5: guard.control.minRuns: found 20; expected at most guard.control.history, 14.",
            ],
            _project.MistakesBelow("guard: { champion: { metrics: [ndcg, precision] }, control: { minRuns: 20 } }"));

    static string Changed(string job, string old, string replacement) => job.Replace(old, replacement, StringComparison.Ordinal);
}
