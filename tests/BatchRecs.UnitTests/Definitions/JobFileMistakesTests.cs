using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

public sealed class JobFileMistakesTests : IDisposable
{
    const string Duration = "a duration from 1h to 36500d, such as 90d, 12h, 30m or 10s";
    const string Holdout = "a duration from 1h to 36500d, such as 14d, or a share of the events, such as 20%";
    const string Names = "names with their values, as in { name: value }, with at least one entry";
    const string Name = "a lower-case letter, then lower-case letters, digits and underscores, at most 40 in all";

    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("windw: 730d", "windw: unknown key; did you mean 'window'?")]
    [InlineData("Window: 730d", "Window: unknown key; did you mean 'window'?")]
    [InlineData("users: { activ: 30d }", "users.activ: unknown key; did you mean 'active'?")]
    [InlineData("users: { colour: red }", "users.colour: unknown key; expected one of: active.")]
    [InlineData("weights: { propensity: { exponnet: 1 } }", "weights.propensity.exponnet: unknown key; did you mean 'exponent'?")]
    [InlineData("scorers: { alz: {} }", "scorers.alz: unknown scorer; did you mean 'als'?")]
    [InlineData("scorers: { als: { factor: 3 } }", "scorers.als.factor: unknown key; did you mean 'factors'?")]
    [InlineData("scorers: { popular: { count: 3 } }", "scorers.popular.count: unknown key; expected none.")]
    [InlineData("precompute: { seen: { enabled: false } }", "precompute.seen.enabled: unknown key; expected one of: events, within.")]
    public void An_unknown_key_is_refused_at_every_depth(string line, string mistake) => AssertMistake(line, mistake);

    [Theory]
    [InlineData("threads: many", "threads: found 'many'; expected a whole number from 0 to 1024.")]
    [InlineData("threads: 2.5", "threads: found '2.5'; expected a whole number from 0 to 1024.")]
    [InlineData("threads: 4 cores", "threads: found '4 cores'; expected a whole number from 0 to 1024.")]
    [InlineData("threads: 99999999999", "threads: found '99999999999'; expected a whole number from 0 to 1024.")]
    [InlineData("rejects: { maxShare: 1% }", "rejects.maxShare: found '1%'; expected a number from 0 to 1.")]
    [InlineData("rejects: { maxShare: .nan }", "rejects.maxShare: found '.nan'; expected a number from 0 to 1.")]
    [InlineData("rejects: { maxShare: NaN }", "rejects.maxShare: found 'NaN'; expected a number from 0 to 1.")]
    [InlineData("rejects: { maxShare: 0,01 }", "rejects.01: unknown key; expected one of: maxShare, show, sample.")]
    [InlineData("window: 730", "window: found '730'; expected " + Duration + ".")]
    [InlineData("window: 2y", "window: found '2y'; expected " + Duration + ".")]
    [InlineData("window: -3d", "window: found '-3d'; expected " + Duration + ".")]
    [InlineData("evaluate: { holdout: 20 }", "evaluate.holdout: found '20'; expected " + Holdout + ".")]
    [InlineData("evaluate: { holdout: 100% }", "evaluate.holdout: found '100%'; expected " + Holdout + ".")]
    [InlineData(
        "scorers: { recent: { halfLife: 7 } }",
        "scorers.recent.halfLife: found '7'; expected a duration from 1h to 36500d, such as 7d, or 'tuned'.")]
    [InlineData("blend: { als: 2d }", "blend.als: found '2d'; expected a number that is not negative, or 'tuned'.")]
    [InlineData("blend: { als: -1 }", "blend.als: found '-1'; expected a number that is not negative, or 'tuned'.")]
    [InlineData("blend: { als: Tuned }", "blend.als: found 'Tuned'; expected a number that is not negative, or 'tuned'.")]
    public void A_value_of_the_wrong_type_is_refused(string line, string mistake) => AssertMistake(line, mistake);

    [Theory]
    [InlineData("threads: -1", "threads: found '-1'; expected a whole number from 0 to 1024.")]
    [InlineData("weights: { saturation: 0 }", "weights.saturation: found '0'; expected a number from 0.000001 to 1000000.")]
    [InlineData("users: { active: 30m }", "users.active: found '30m'; expected " + Duration + ".")]
    [InlineData(
        "events: { interaction: { halfLife: 10s } }",
        "events.interaction.halfLife: found '10s'; expected " + Duration + ", or 'never'.")]
    [InlineData("evaluate: { validation: 10m }", "evaluate.validation: found '10m'; expected " + Holdout + ".")]
    [InlineData(
        "scorers: { recent: { halfLife: 1s } }",
        "scorers.recent.halfLife: found '1s'; expected a duration from 1h to 36500d, such as 7d, or 'tuned'.")]
    [InlineData("scorers: { als: { factors: 0 } }", "scorers.als.factors: found '0'; expected a whole number from 1 to 1024.")]
    public void A_value_out_of_range_is_refused(string line, string mistake) => AssertMistake(line, mistake);

    [Theory]
    [InlineData("kind: refesh", "kind: found 'refesh'; did you mean 'refresh'?")]
    [InlineData("kind: Refresh", "kind: found 'Refresh'; did you mean 'refresh'?")]
    [InlineData("asOf: latestEvent", "asOf: found 'latestEvent'; did you mean 'latest-event'?")]
    [InlineData("asOf: yesterday", "asOf: found 'yesterday'; expected one of: now, latest-event.")]
    [InlineData("asOf: 1", "asOf: found '1'; expected one of: now, latest-event.")]
    [InlineData("evaluate: { when: never }", "evaluate.when: found 'never'; expected one of: onChange, weekly, nightly.")]
    [InlineData("events: { interaction: { value: log1 } }", "events.interaction.value: found 'log1'; did you mean 'log1p'?")]
    public void A_word_that_does_not_exist_is_refused(string line, string mistake) => AssertMistake(line, mistake);

    [Theory]
    [InlineData("window: [730d]", "window: found a list; expected " + Duration + ".")]
    [InlineData("window: { days: 730 }", "window: found keys and values; expected " + Duration + ".")]
    [InlineData("evaluate: { at: 10 }", "evaluate.at: found '10'; expected a list, as in [10, 20], with at least one entry.")]
    [InlineData("evaluate: { at: [10, [20]] }", "evaluate.at[1]: found a list; expected a whole number.")]
    [InlineData(
        "evaluate: [at]",
        "evaluate: found a list; expected the keys when, holdout, validation, at, repeats, windows, segments ({} for the defaults).")]
    [InlineData("events: [view]", "events: found a list; expected " + Names + ".")]
    [InlineData(
        "events: { view: 2 }",
        "events.view: found '2'; expected the keys weight, halfLife, minValue, value ({} for the defaults).")]
    [InlineData("scorers: als", "scorers: found 'als'; expected " + Names + ".")]
    [InlineData(
        "precompute: { seen: all }",
        "precompute.seen: found 'all'; expected the keys events, within ({} for the defaults), or 'none'.")]
    [InlineData("items: films", "items: found 'films'; expected the keys table, query, columns.")]
    [InlineData("scorers: { popular: 3 }", "scorers.popular: found '3'; expected no keys ({} for the defaults).")]
    public void A_value_of_the_wrong_kind_is_refused(string line, string mistake) => AssertMistake(line, mistake);

    [Theory]
    [InlineData("window:", "window: found nothing; expected " + Duration + ".")]
    [InlineData("timeZone: ~", "timeZone: found nothing; expected a text.")]
    [InlineData("timeZone: null", "timeZone: found nothing; expected a text.")]
    [InlineData("timeZone: \"\"", "timeZone: found an empty text; expected a text.")]
    [InlineData("timeZone: \" \"", "timeZone: found ' '; expected a text.")]
    [InlineData("again:", "again: found nothing; expected the keys count, halfLife, events ({} for the defaults).")]
    [InlineData("guard: { noWorseThan: [popular, ] , depth: }", "guard.depth: found nothing; expected a whole number from 1 to 1000.")]
    [InlineData("evaluate: { at: [] }", "evaluate.at: found an empty list; expected a list, as in [10, 20], with at least one entry.")]
    [InlineData("again: { events: [] }", "again.events: found an empty list; expected a list, as in [a, b], with at least one entry.")]
    [InlineData("scorers: {}", "scorers: found an empty mapping; expected " + Names + ".")]
    [InlineData("events: {}", "events: found an empty mapping; expected " + Names + ".")]
    [InlineData("blend: {}", "blend: found an empty mapping; expected " + Names + ".")]
    public void An_empty_value_is_refused(string line, string mistake) => AssertMistake(line, mistake);

    [Fact]
    public void Missing_keys_are_named_where_they_belong() =>
        Assert.Equal(
            [
                "jobs/movies.yaml: recommender: missing; expected " + Name + ".",
                "jobs/movies.yaml:2: sources[0].columns: missing; expected the keys user, item, time, value, event.",
                "jobs/movies.yaml:4: sources[1].columns.user: missing; expected a text.",
                "jobs/movies.yaml:4: sources[1].columns.time: missing; expected a text.",
            ],
            _project.MistakesIn("sources:\n  - table: views\n  - table: ratings\n    columns: { item: film }\n"));

    [Fact]
    public void A_job_without_sources_is_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml: sources: missing; expected a list whose entries have the keys "
                + "table, query, columns, event, eventNames, timeUnit, incremental, with at least one entry."],
            _project.MistakesIn("recommender: movies\n"));

    [Fact]
    public void An_empty_list_of_sources_is_refused() =>
        Assert.Equal(
            ["jobs/movies.yaml:2: sources: found an empty list; expected a list whose entries have the keys "
                + "table, query, columns, event, eventNames, timeUnit, incremental, with at least one entry."],
            _project.MistakesIn("recommender: movies\nsources: []\n"));

    [Theory]
    [InlineData("Movies")]
    [InlineData("2movies")]
    [InlineData("my-movies")]
    [InlineData("a23456789_123456789_123456789_123456789_1")]
    public void A_name_that_no_table_may_carry_is_refused(string name) =>
        Assert.Equal(
            [$"jobs/movies.yaml:1: recommender: found '{name}'; "
                + "expected " + Name + "."],
            _project.MistakesIn(SomeProject.ShortestJob.Replace("recommender: movies", $"recommender: {name}", StringComparison.Ordinal)));

    [Fact]
    public void Every_mistake_is_shown_at_once_in_the_order_of_the_file() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:1: recommender: found 'Movies'; expected " + Name + ".",
                "jobs/movies.yaml:4: sources[0].colums: unknown key; did you mean 'columns'?",
                "jobs/movies.yaml:6: scorers.als.iterations: found '0'; expected a whole number from 1 to 100.",
                "jobs/movies.yaml:7: users.active: found 'long'; expected " + Duration + ".",
            ],
            _project.MistakesIn(
                """
                recommender: Movies
                sources:
                  - table: ratings
                    colums: {}
                    columns: { user: user_id, item: movie_id, time: rated_at }
                scorers: { als: { iterations: 0 } }
                users: { active: long }
                """));

    [Fact]
    public void A_mistake_is_shown_at_the_line_of_its_key_not_of_its_value() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:5: window: found keys and values; expected " + Duration + ".",
                "jobs/movies.yaml:8: timeZone: found nothing; expected a text.",
            ],
            _project.MistakesBelow("window:\n  # two years\n  days: 730\ntimeZone:\n\n\nthreads: 1\n"));

    [Fact]
    public void A_file_that_does_not_exist_is_named_with_the_folder_that_paths_begin_at()
    {
        var error = Assert.Throws<ConfigurationException>(() => JobFile.Load("jobs/none.yaml", _project.Root));

        Assert.Equal(
            $"jobs/none.yaml: there is no such file; expected a path relative to the project root, {_project.Root}.", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_project.Root, "jobs"));
        File.WriteAllBytes(Path.Combine(_project.Root, "jobs/latin1.yaml"), "recommender: caf\u00e9"u8.ToArray()[..^1]);

        var error = Assert.Throws<ConfigurationException>(() => JobFile.Load("jobs/latin1.yaml", _project.Root));

        Assert.Equal("jobs/latin1.yaml: found bytes that are not UTF-8; expected a text file in UTF-8.", error.Message);
    }

    [Fact]
    public void A_file_outside_the_project_is_named_with_its_full_path()
    {
        using var other = new SomeProject();
        other.Write("..job.yaml", "a: 1");
        string path = Path.Combine(other.Root, "..job.yaml");

        var error = Assert.Throws<ConfigurationException>(() => JobFile.Load(path, _project.Root));

        Assert.StartsWith($"{path}: recommender: missing;", error.Message, StringComparison.Ordinal);
    }

    void AssertMistake(string line, string mistake) => Assert.Equal([$"jobs/movies.yaml:5: {mistake}"], _project.MistakesBelow(line));
}
