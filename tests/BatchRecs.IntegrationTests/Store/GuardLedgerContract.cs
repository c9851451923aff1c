using BatchRecs.Core.Guarding;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;

namespace BatchRecs.IntegrationTests.Store;

/// <summary>Figures of good runs, and verdicts, come back as they went; both go with their run.</summary>
public abstract class GuardLedgerContract(StoreProvider provider) : StoreContract(provider)
{
    const string Definition = "definition";

    GuardLedger Guards => new(Store);

    [Fact]
    public async Task Only_good_runs_of_the_same_recommender_and_definition_are_compared_newest_first()
    {
        await RunAsync("Published", 1);
        await RunAsync("Refused", 2);
        await RunAsync("Failed", 3);
        await RunAsync("Unchanged", 4);
        await RunAsync("Published", 5, definition: "another");
        await RunAsync("Published", 6, recommender: "books");
        await RunAsync("DryRun", 7);

        Assert.Equal([4.0, 1.0], await RowsAsync());
        Assert.Equal([4.0], await RowsAsync(limit: 1));
    }

    [Fact]
    public async Task A_backfill_is_not_compared_with_what_came_after_its_moment()
    {
        await RunAsync("Published", 1, asOf: Now.AddDays(-2));
        await RunAsync("Published", 2, asOf: Now);

        Assert.Equal([1.0], await RowsAsync(asOf: Now.AddDays(-1)));
    }

    [Fact]
    public async Task On_request_the_history_begins_with_the_last_override()
    {
        var overridden = new GuardOverride("anna@etl1 via cli", Now, "a sale");
        await RunAsync("Published", 1);
        await RunAsync("Published", 2, overridden: overridden);
        await RunAsync("Published", 3);
        await RunAsync("Refused", 4, overridden: overridden);

        Assert.Equal([3.0, 2.0], await RowsAsync(sinceOverride: true));
        Assert.Equal([3.0, 2.0, 1.0], await RowsAsync());
    }

    [Fact]
    public async Task Figures_and_verdict_of_a_repeated_attempt_replace_those_before()
    {
        long runId = await StartAsync("movies", Now);
        await Guards.SaveFiguresAsync(runId, Definition, new Dictionary<string, double> { ["rows"] = 1, ["old"] = 1 }, None);
        await Guards.SaveFiguresAsync(runId, Definition, new Dictionary<string, double> { ["rows"] = 2.5 }, None);
        await Guards.SaveVerdictAsync(runId, new GuardVerdict([Rule("first", null, true), Rule("second", 0.1, false)]), null, None);
        var last = new GuardVerdict([Rule("it's \"broken\"", -0.25, false), Rule("second", null, true)]);
        await Guards.SaveVerdictAsync(runId, last, null, None);
        await Ledger.FinishAsync(runId, new RunEnd("Published", "", 0), Now, None);

        Assert.Equal(
            new Dictionary<string, double> { ["rows"] = 2.5 },
            Assert.Single(await Guards.GoodRunsAsync("movies", Definition, Now, 14, sinceOverride: false, None)));
        Assert.Equal(last.Rules, (await Guards.VerdictAsync(runId, None)).Rules);
        Assert.Empty((await Guards.VerdictAsync(runId + 1, None)).Rules);
    }

    [Fact]
    public async Task Figures_and_verdict_go_with_their_run()
    {
        long runId = await RunAsync("Published", 1);
        await Guards.SaveVerdictAsync(runId, new GuardVerdict([Rule("first", 1, true)]), null, None);

        await new LedgerRetention(Store).RemoveAsync(new OldEntries([runId], []), None);

        Assert.Empty(await RowsAsync());
        Assert.Empty((await Guards.VerdictAsync(runId, None)).Rules);
    }

    static GuardRule Rule(string name, double? figure, bool passed) => new(name, figure, 0.5, passed, $"{name} says why.");

    async Task<long> RunAsync(
        string state,
        double rows,
        string recommender = "movies",
        string definition = Definition,
        DateTimeOffset? asOf = null,
        GuardOverride? overridden = null)
    {
        long runId = await StartAsync(recommender, asOf ?? Now);
        await Guards.SaveFiguresAsync(runId, definition, new Dictionary<string, double> { ["rows"] = rows }, None);
        await Guards.SaveVerdictAsync(runId, new GuardVerdict([]), overridden, None);
        await Ledger.FinishAsync(runId, new RunEnd(state, "", 0), Now, None);
        return runId;
    }

    /// <summary>Starts a run whose process is not there any more, so that the next one need not wait for it.</summary>
    async Task<long> StartAsync(string recommender, DateTimeOffset asOf) => (await Ledger.StartAsync(
        new RunStart(recommender, "jobs/movies.yaml", "hash", "kind: refresh\n", asOf, AsOfGiven: false, "test", LockOwner.New()),
        Now,
        None)).RunId;

    async Task<List<double>> RowsAsync(DateTimeOffset? asOf = null, int limit = 14, bool sinceOverride = false) =>
        [.. (await Guards.GoodRunsAsync("movies", Definition, asOf ?? Now, limit, sinceOverride, None)).Select(run => run["rows"])];
}

public sealed class SqliteGuardLedgerTests() : GuardLedgerContract(StoreProvider.Sqlite);

public sealed class PostgresGuardLedgerTests() : GuardLedgerContract(StoreProvider.Postgres);
