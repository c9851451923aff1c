using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Store;

public abstract class RunLedgerContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly DateTimeOffset AsOf = new DateTimeOffset(2011, 12, 9, 12, 50, 0, TimeSpan.Zero).AddMicroseconds(7);

    [Fact]
    public async Task A_finished_run_comes_back_with_all_that_was_told()
    {
        long runId = await StartAsync(Run());
        await Ledger.StageStartedAsync(runId, "Extract", "k1", Now.AddSeconds(1), None);
        var extract = new StageEnd("Extract", "k1", "Computed", 396_337, "events", TimeSpan.FromMilliseconds(1250), "1 source");
        await Ledger.StageFinishedAsync(runId, extract, Now.AddSeconds(2), None);
        await Ledger.StageStartedAsync(runId, "Train", "k2", Now.AddSeconds(2), None);
        var train = new StageEnd("Train", "k2", null, 0, "rows", TimeSpan.Zero, Error: "it's \"broken\"");
        await Ledger.StageFinishedAsync(runId, train, Now.AddSeconds(3), None);
        await Ledger.FinishAsync(runId, new RunEnd("Failed", "Training diverged.", 4, null, """{"loss":1.5}"""), Now.AddSeconds(4), None);

        var run = (await Ledger.GetAsync(runId, None))!;

        Assert.Equal(
            ("movies", "jobs/movies.yaml", "hash", "kind: refresh\n", AsOf, "schedule:nightly", "host", Environment.ProcessId),
            (run.Recommender, run.JobPath, run.JobHash, run.JobText, run.AsOf, run.TriggeredBy, run.Host, run.ProcessId));
        Assert.Equal(
            ("Failed", Now, (DateTimeOffset?)Now.AddSeconds(4), "Training diverged.", (int?)4, (long?)null),
            (run.State, run.StartedAt, run.FinishedAt, run.Message, run.ExitCode, run.ReleaseId));
        Assert.Equal("""{"loss":1.5}""", run.Metrics?.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(
            [
                new StageRecord
                {
                    Stage = "Extract", Key = "k1", Result = "Computed", Rows = 396_337, Unit = "events", StartedAt = Now.AddSeconds(1),
                    FinishedAt = Now.AddSeconds(2), ElapsedMs = 1250, Note = "1 source",
                },
                new StageRecord
                {
                    Stage = "Train", Key = "k2", Rows = 0, Unit = "rows", StartedAt = Now.AddSeconds(2), FinishedAt = Now.AddSeconds(3),
                    ElapsedMs = 0, Note = "", Error = "it's \"broken\"",
                },
            ],
            run.Stages);
    }

    [Fact]
    public async Task A_run_under_way_shows_its_start_and_no_end()
    {
        long runId = await StartAsync(Run());
        await Ledger.StageStartedAsync(runId, "Extract", "k1", Now, None);

        var run = (await Ledger.GetAsync(runId, None))!;

        Assert.Equal(("Running", Now, (DateTimeOffset?)null, (int?)null), (run.State, run.StartedAt, run.FinishedAt, run.ExitCode));
        Assert.Equal(new StageRecord { Stage = "Extract", Key = "k1", StartedAt = Now }, Assert.Single(run.Stages));
    }

    [Fact]
    public async Task Lists_are_newest_first_and_filtered()
    {
        long first = await StartAsync(Run("movies"));
        long second = await StartAsync(Run("books"));
        await Ledger.FinishAsync(first, new RunEnd("Published", "", 0, 17), Now, None);

        var all = await Ledger.ListAsync(null, null, 10, None);
        var running = await Ledger.ListAsync(null, "Running", 10, None);
        var movies = await Ledger.ListAsync("movies", null, 10, None);
        var newest = await Ledger.ListAsync(null, null, 1, None);

        Assert.Equal([second, first], all.Select(run => run.RunId));
        Assert.Equal([second], running.Select(run => run.RunId));
        Assert.Equal([17L], movies.Select(run => run.ReleaseId!.Value));
        Assert.Equal([second], newest.Select(run => run.RunId));
    }

    [Fact]
    public async Task The_next_run_of_a_recommender_marks_one_that_ended_without_a_word()
    {
        long lost = await StartAsync(Run("movies"));
        long other = await StartAsync(Run("books"));

        await Ledger.StartAsync(Run("movies"), Now.AddHours(24), None);

        var run = (await Ledger.GetAsync(lost, None))!;
        Assert.Equal(
            (
                "Lost",
                "lost: the process ended without a word; finished stages are kept, run again to go on",
                (DateTimeOffset?)Now.AddHours(24)),
            (run.State, run.Message, run.FinishedAt));
        Assert.Equal("Running", (await Ledger.GetAsync(other, None))!.State);
    }

    [Theory]
    [InlineData("Failed", 5, true)]
    [InlineData("Failed", 7, true)]
    [InlineData("Failed", 70, true)]
    [InlineData("Cancelled", 130, true)]
    [InlineData("Failed", 2, false)]
    [InlineData("Failed", 3, false)]
    [InlineData("Failed", 4, false)]
    [InlineData("Published", 0, false)]
    [InlineData("Unchanged", 0, false)]
    [InlineData("DryRun", 0, false)]
    [InlineData("Refused", 6, false)]
    public async Task Only_a_run_that_ended_for_a_reason_that_may_pass_is_resumed(string state, int exitCode, bool resumed)
    {
        long runId = await StartAsync(Run());
        await Ledger.FinishAsync(runId, new RunEnd(state, "", exitCode), Now, None);

        var asOf = await Ledger.FindUnfinishedAsync("movies", "jobs/movies.yaml", asOfGiven: false, long.MaxValue, None);

        Assert.Equal(resumed ? AsOf : null, asOf);
    }

    [Fact]
    public async Task A_killed_run_is_resumed_by_a_run_of_the_same_job_with_as_of_chosen_in_the_same_way()
    {
        await StartAsync(Run());

        Assert.Equal(AsOf, await Ledger.FindUnfinishedAsync("movies", "jobs/movies.yaml", asOfGiven: false, long.MaxValue, None));
        Assert.Null(await Ledger.FindUnfinishedAsync("movies", "jobs/movies.yaml", asOfGiven: true, long.MaxValue, None));
        Assert.Null(await Ledger.FindUnfinishedAsync("movies", "jobs/other.yaml", asOfGiven: false, long.MaxValue, None));
    }

    [Fact]
    public async Task A_backfill_that_was_cut_off_is_no_business_of_the_next_ordinary_run()
    {
        await StartAsync(Run() with { AsOfGiven = true });

        Assert.Null(await Ledger.FindUnfinishedAsync("movies", "jobs/movies.yaml", asOfGiven: false, long.MaxValue, None));
        Assert.Equal(AsOf, await Ledger.FindUnfinishedAsync("movies", "jobs/movies.yaml", asOfGiven: true, long.MaxValue, None));
    }

    [Fact]
    public async Task A_stage_that_begins_again_starts_afresh()
    {
        long runId = await StartAsync(Run());
        await Ledger.StageStartedAsync(runId, "Train", "k1", Now, None);
        await Ledger.StageFinishedAsync(
            runId, new StageEnd("Train", "k1", null, 3, "rows", TimeSpan.FromSeconds(1), "", "lost"), Now, None);

        await Ledger.StageStartedAsync(runId, "Train", "k2", Now.AddSeconds(9), None);

        var run = (await Ledger.GetAsync(runId, None))!;
        Assert.Equal(new StageRecord { Stage = "Train", Key = "k2", StartedAt = Now.AddSeconds(9) }, Assert.Single(run.Stages));
    }

    [Fact]
    public async Task The_newest_evaluation_is_found()
    {
        Assert.Null(await Ledger.LastEvaluationAsync("movies", None));
        await Ledger.SaveEvaluationAsync("movies", Evaluation("old", Now), None);
        await Ledger.SaveEvaluationAsync("movies", Evaluation("new", Now.AddDays(1)), None);
        await Ledger.SaveEvaluationAsync("books", Evaluation("other", Now.AddDays(2)), None);

        var last = (await Ledger.LastEvaluationAsync("movies", None))!;

        Assert.Equal(("new", 5L, Now.AddDays(1)), (last.JobHash, last.RunId, last.MeasuredAt));
        Assert.Equal("""{"ndcg":0.1226}""", last.Report.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_run_is_null() => Assert.Null(await Ledger.GetAsync(12345, None));

    async Task<long> StartAsync(RunStart run) => (await Ledger.StartAsync(run, Now, None)).RunId;

    /// <summary>A run whose process is not there any more.</summary>
    static RunStart Run(string recommender = "movies") => new(
        recommender, "jobs/movies.yaml", "hash", "kind: refresh\n", AsOf, AsOfGiven: false, "schedule:nightly",
        LockOwner.New() with { Host = "host" });

    static EvaluationRecord Evaluation(string hash, DateTimeOffset at) =>
        new() { JobHash = hash, Report = """{"ndcg": 0.1226}""", RunId = 5, MeasuredAt = at };
}

public sealed class SqliteRunLedgerTests() : RunLedgerContract(StoreProvider.Sqlite);

public sealed class PostgresRunLedgerTests() : RunLedgerContract(StoreProvider.Postgres);
