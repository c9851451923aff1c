using BatchRecs.Pipeline.Checks;
using System.Text.Json.Nodes;
using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using static BatchRecs.UnitTests.Host.SomeViews;

namespace BatchRecs.UnitTests.Host;

/// <summary>The whole command line with an engine that answers what the test says.</summary>
public sealed class CommandLineTests : CommandTests
{
    [Fact]
    public async Task Run_hands_over_what_was_asked_for_and_prints_the_outcome()
    {
        RunRequest? asked = null;
        var engine = TestEngine.Unable with { Run = (request, _, _) => Answer(Outcome(), () => asked = request) };

        int code = await RunAsync(engine, "run", "shop", "--as-of", "2026-01-31", "--from", "train", "--dry-run");

        Assert.Equal(0, code);
        var asOf = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(new RunRequest(_job, asOf, StageName.Train, Fresh: false, DryRun: true), asked);
        Assert.StartsWith("shop: run 12 published, release 7 is current\n\nstage ", $"{_out}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_of_a_prune_job_says_what_went_and_takes_no_stages()
    {
        var outcome = new PruneOutcome("jobs/shop.yaml", IsDryRun: true, [
            new PrunedRecommender("books", [], 0, 0, 0, 0, "left alone: run 9 is under way"),
            new PrunedRecommender("shop", [3, 4], 1, 2_000_000, 1, 0)]);
        var engine = TestEngine.Unable with
        {
            KindOf = _ => JobKind.Prune,
            Prune = (_, isDryRun, _) => Task.FromResult(outcome with { IsDryRun = isDryRun }),
        };

        Assert.Equal(0, await RunAsync(engine, "run", "shop", "--dry-run"));
        Assert.Equal(2, await RunAsync(engine, "run", "shop", "--from", "train"));

        Assert.Equal(
            "jobs/shop.yaml: would remove 2 releases, 1 artifacts (2MB), 1 runs and 0 measurements of 2 recommenders\n"
            + "  books: left alone: run 9 is under way\n"
            + "  shop: 2 releases (3, 4), 1 artifact (2 MB), 1 run, 0 measurements\n",
            _out.ToString());
        Assert.Equal(
            "batchrecs: --as-of, --from, --fresh and --override are for refresh jobs; a prune job takes --dry-run only.\n",
            _error.ToString());
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--override", "we know")]
    public async Task Run_of_a_tune_job_takes_nothing_that_is_about_publishing(params string[] options)
    {
        Assert.Equal(2, await RunAsync(TestEngine.Unable with { KindOf = _ => JobKind.Tune }, ["run", "shop", .. options]));

        Assert.Equal(
            "batchrecs: --dry-run and --override are for jobs that publish; a tune job publishes nothing.\n", _error.ToString());
    }

    [Fact]
    public async Task Migrate_with_roles_prints_what_is_left_as_SQL()
    {
        (RoleNames Roles, bool Applied)? asked = null;
        var engine = TestEngine.Unable with
        {
            Grant = (roles, applied, _) =>
            {
                asked = (roles, applied);
                return Task.FromResult<IReadOnlyList<StoreRightsView>>([
                    new("serving", StoreProvider.Postgres, 1, [new("create role x", "42501: permission denied")], ["jobs/queries/a.sql"]),
                    new("demo", StoreProvider.Sqlite, 0, [], [])]);
            },
        };

        Assert.Equal(0, await RunAsync(engine, "migrate", "--roles", "--etl", "night", "--reader", "shops"));

        Assert.Equal((new RoleNames("night", "shops"), true), asked);
        Assert.Equal(
            "-- serving: 1 statement on roles and rights in force, 1 for a database administrator:\n"
            + "-- refused: 42501: permission denied\n"
            + "create role x;\n"
            + "-- The writing role needs SELECT on what these files read: jobs/queries/a.sql\n"
            + "-- demo: SQLite has no roles; who may read or write the file may do so.\n",
            _out.ToString());
    }

    [Fact]
    public async Task Run_with_json_prints_nothing_but_JSON_to_standard_output()
    {
        var engine = TestEngine.Unable with
        {
            Run = (_, observer, _) => Answer(Outcome(), () => observer.StageFinished(Outcome().Stages[0])),
        };

        await RunAsync(engine, "run", "shop", "--json");

        Assert.Equal("published", (string?)JsonNode.Parse(_out.ToString())!["state"]);
        Assert.Equal("extract: computed, 396,337 events in 1.2 s, 3 bad rows left out\n", _error.ToString());
    }

    [Fact]
    public async Task A_refused_run_ends_with_exit_code_6()
    {
        var engine = TestEngine.Unable with { Run = (_, _, _) => Task.FromResult(Outcome(RunState.Refused)) };

        Assert.Equal(6, await RunAsync(engine, "run", _job));
    }

    [Fact]
    public async Task An_expected_failure_is_a_message_without_a_stack_and_its_exit_code()
    {
        var engine = TestEngine.Unable with { Run = (_, _, _) => throw new StoreException("Store 'serving' does not answer.") };

        Assert.Equal(5, await RunAsync(engine, "run", "shop"));
        Assert.Equal("batchrecs: Store 'serving' does not answer.\n", _error.ToString());
    }

    [Fact]
    public async Task A_cancelled_run_ends_with_exit_code_130()
    {
        var engine = TestEngine.Unable with { Run = (_, _, _) => throw new OperationCanceledException() };

        Assert.Equal(130, await RunAsync(engine, "run", "shop"));
    }

    [Fact]
    public async Task Anything_else_is_a_bug_with_its_stack_and_exit_code_70()
    {
        var engine = TestEngine.Unable with { Run = (_, _, _) => throw new InvalidOperationException("impossible") };

        Assert.Equal(70, await RunAsync(engine, "run", "shop"));
        Assert.StartsWith("batchrecs: this is a bug, please report it", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("at BatchRecs.", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batchrecs: Required argument 'JOB' missing for command: 'run'.\nHelp: batchrecs run --help\n", "run")]
    [InlineData(
        "batchrecs: 'soon' is not a time. Write it as 2026-01-31 or 2026-01-31T02:00:00+01:00.\nHelp: batchrecs run --help\n",
        "run", "shop", "--as-of", "soon")]
    [InlineData("batchrecs: --count must be at least 1.\nHelp: batchrecs runs list --help\n", "runs", "list", "shop", "--count", "0")]
    [InlineData(
        "batchrecs: 'http://127.0.0.1:1x' is no address. Write it as http://127.0.0.1:5080.\nHelp: batchrecs serve --help\n",
        "serve", "--urls", "http://127.0.0.1:1x")]
    [InlineData(
        "batchrecs: --script changes nothing, --roles grants rights and --recreate removes tables: ask for one of them.\n"
        + "Help: batchrecs migrate --help\n",
        "migrate", "--script", "--recreate", "shop")]
    [InlineData("batchrecs: --print goes with --roles.\nHelp: batchrecs migrate --help\n", "migrate", "--print")]
    [InlineData("batchrecs: Option '--user' is required.\nHelp: batchrecs recommend --help\n", "recommend", "shop")]
    public async Task A_wrong_command_line_says_what_is_wrong_and_ends_with_exit_code_2(string expected, params string[] args)
    {
        Assert.Equal(2, await RunAsync(TestEngine.Unable, args));
        Assert.Equal(expected, _error.ToString());
    }

    [Fact]
    public async Task An_unknown_job_lists_the_jobs_there_are()
    {
        Assert.Equal(2, await RunAsync(TestEngine.Unable, "run", "shopp"));
        Assert.Equal(
            $"batchrecs: There is no job 'shopp': neither a file of that path nor {_project.FullName}/jobs/shopp.yaml. "
            + "Jobs there are: shop.\n",
            _error.ToString());
    }

    [Fact]
    public async Task Check_ends_with_exit_code_2_if_a_job_has_errors()
    {
        var engine = TestEngine.Unable with
        {
            Check = (jobs, _) => Task.FromResult<IReadOnlyList<JobCheck>>([Check() with { Job = jobs.Single() }]),
        };

        Assert.Equal(2, await RunAsync(engine, "check", "shop"));
        Assert.StartsWith($"{_job}: 1 error, 1 warning\n", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_without_jobs_checks_all_of_them()
    {
        var engine = TestEngine.Unable with
        {
            Check = (jobs, _) => Task.FromResult<IReadOnlyList<JobCheck>>(jobs.Count == 0 ? [Check() with { Findings = [] }] : []),
        };

        Assert.Equal(0, await RunAsync(engine, "check"));
        Assert.StartsWith("jobs/shop.yaml: fine\n", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_says_which_release_readers_get_now()
    {
        var engine = TestEngine.Unable with { Rollback = (_, to, _, _) => Task.FromResult(new RollbackView("shop", 7, to ?? 6)) };

        await RunAsync(engine, "releases", "rollback", "shop", "--to", "4");

        Assert.Equal(
            "shop: release 4 is current, in place of release 7\nRuns do not publish release 7 again; they publish what is new.\n",
            _out.ToString());
    }

    [Fact]
    public async Task Cancel_passes_on_run_and_reason_and_says_how_the_run_ended()
    {
        (long?, string?) asked = default;
        var engine = TestEngine.Unable with
        {
            CancelRun = (_, run, reason, _) =>
                Answer(new CancelView("shop", 12, "cancelled", "cancelled by anna@pc via cli (too slow)"), () => asked = (run, reason)),
        };

        int code = await RunAsync(engine, "runs", "cancel", "shop", "--run", "12", "--reason", "too slow");

        Assert.Equal((0, ((long?)12, "too slow")), (code, asked));
        Assert.Equal("run 12 of shop: cancelled by anna@pc via cli (too slow)\n", _out.ToString());
    }

    [Fact]
    public async Task Recommend_reads_ten_items_unless_told_otherwise()
    {
        int asked = 0;
        var engine = TestEngine.Unable with { Recommend = (_, _, count, _) => Answer(Recommendations(), () => asked = count) };

        await RunAsync(engine, "recommend", "shop", "--user", "12347", "--json");

        Assert.Equal(10, asked);
        Assert.Equal("RED HANGING HEART T-LIGHT HOLDER", (string?)JsonNode.Parse(_out.ToString())!["items"]![0]!["title"]);
    }

    [Fact]
    public async Task Migrate_script_prints_the_script_and_changes_nothing()
    {
        var engine = TestEngine.Unable with { MigrationScript = (_, _) => Task.FromResult("create schema recs;") };

        await RunAsync(engine, "migrate", "--script");

        Assert.Equal("create schema recs;\n", _out.ToString());
    }

    [Fact]
    public async Task Migrate_recreate_hands_over_the_recommender_and_says_what_was_done()
    {
        string asked = "";
        IReadOnlyList<string> lines = ["serving: removed recommender shop", "batchrecs run jobs/shop.yaml makes them anew"];
        var engine = TestEngine.Unable with { Recreate = (recommender, _) => Answer(lines, () => asked = recommender) };

        Assert.Equal(0, await RunAsync(engine, "migrate", "--recreate", "shop"));
        Assert.Equal("shop", asked);
        Assert.Equal("serving: removed recommender shop\nbatchrecs run jobs/shop.yaml makes them anew\n", _out.ToString());
    }

    [Fact]
    public async Task Demo_takes_the_retail_sample_unless_told_otherwise()
    {
        string asked = "";
        var engine = TestEngine.Unable with { Demo = (sample, _, _) => Answer(Demo(), () => asked = sample.Name) };

        Assert.Equal(0, await RunAsync(engine, "demo"));
        Assert.Equal("retail", asked);
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown()
    {
        Assert.Equal(0, await RunAsync(TestEngine.Unable));
        Assert.Contains("Exit codes: 0 done, 2 configuration", _out.ToString(), StringComparison.Ordinal);
    }

    static Task<T> Answer<T>(T answer, Action first)
    {
        first();
        return Task.FromResult(answer);
    }
}
