using System.Diagnostics;
using BatchRecs.Core.Errors;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests;

/// <summary>
/// Every operation of a refresh fails once, for n = 1, 2, 3, … until a run passes untouched. Whichever it was: readers see one complete
/// release, the run ends cleanly, and the next run leaves what an undisturbed one does.
/// </summary>
public abstract class FaultLoop(StoreProvider provider) : IAsyncLifetime
{
    const int Users = 40;

    /// <summary>No refresh has so many operations: a loop that comes here never ends.</summary>
    const int Most = 2000;

    SoakShop _shop = null!;

    /// <summary>Gets the shop's database.</summary>
    private protected SoakServer Server => _shop.Server;

    public async Task InitializeAsync() => _shop = await SoakShop.CreateAsync(provider, Users);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    /// <summary>Runs the loop and reports how many fault points there were.</summary>
    /// <param name="kind">What fails; names the report.</param>
    /// <param name="fault">Makes the failure of the n-th operation.</param>
    /// <param name="points">Which operations count.</param>
    private protected async Task LoopAsync(string kind, Func<int, FailOnce> fault, Func<FailOnce, FaultPoints> points)
    {
        long started = Stopwatch.GetTimestamp();
        var hits = new List<string>();
        var wrong = new List<string>();
        int survived = 0;
        for (int n = 1; n < Most; n++)
        {
            _shop.Restore();
            var one = fault(n);
            var ended = await _shop.TryRunAsync(points(one));
            if (one.Hit is null)
                break;
            hits.Add(one.Hit);
            survived += ended.IsDone ? 1 : 0;
            var found = await Aftermath.CheckAsync(_shop);
            if (ended.IsBug)
                found.Add($"the run ends with {ended.What}");
            wrong.AddRange(found.Select(violation => $"{kind} {n} ({one.Hit}): {violation}"));
        }
        SoakReport.Write(
            $"faults-{provider}-{kind}".ToLowerInvariant(),
            $"{provider}, {kind}: {hits.Count} fault points, {survived} survived by the run itself, {wrong.Count} violations, " +
            $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s",
            new { faultPoints = hits.Count, survived, violations = wrong, points = hits });
        Assert.Empty(wrong);
        Assert.InRange(hits.Count, 1, Most - 2);
    }

    /// <summary>Lets the n-th statement fail with an error that may pass.</summary>
    private protected Task PassingAsync() => LoopAsync(
        "statement-passing", n => new FailOnce(n, name => throw Refused(name, "40001", isTransient: true)), fault => fault.Statement);

    /// <summary>Lets the n-th statement be refused.</summary>
    private protected Task RefusedAsync() => LoopAsync(
        "statement-refused", n => new FailOnce(n, name => throw Refused(name, "42501", isTransient: false)), fault => fault.Statement);

    /// <summary>Lets the n-th operation on files fail.</summary>
    private protected Task FileAsync() => LoopAsync(
        "file", n => new FailOnce(n, name => throw new IOException($"The disk failed at {name}.")), fault => fault.File);

    static StoreException Refused(string statement, string state, bool isTransient) =>
        new($"Statement {statement} was made to fail.", isTransient: isTransient) { Statement = statement, SqlState = state };
}

/// <summary>The loops on SQLite.</summary>
public sealed class SqliteFaultLoop() : FaultLoop(StoreProvider.Sqlite)
{
    [Fact]
    public Task Whichever_statement_meets_a_passing_error_readers_and_the_next_run_do_not_notice() => PassingAsync();

    [Fact]
    public Task Whichever_statement_is_refused_readers_and_the_next_run_do_not_notice() => RefusedAsync();

    [Fact]
    public Task Whichever_file_operation_fails_readers_and_the_next_run_do_not_notice() => FileAsync();
}

/// <summary>The loops on PostgreSQL with errors that may pass, and with failing files.</summary>
public sealed class PostgresPassingFaultLoop() : FaultLoop(StoreProvider.Postgres)
{
    [Fact]
    public Task Whichever_statement_meets_a_passing_error_readers_and_the_next_run_do_not_notice() => PassingAsync();

    [Fact]
    public Task Whichever_file_operation_fails_readers_and_the_next_run_do_not_notice() => FileAsync();
}

/// <summary>The loops on PostgreSQL with refusals, and with sessions that an administrator ends.</summary>
public sealed class PostgresRefusalFaultLoop() : FaultLoop(StoreProvider.Postgres)
{
    [Fact]
    public Task Whichever_statement_is_refused_readers_and_the_next_run_do_not_notice() => RefusedAsync();

    [Fact]
    public Task Before_whichever_statement_the_connection_is_lost_readers_and_the_next_run_do_not_notice() => LoopAsync(
        "connection-lost", n => new FailOnce(n, _ => ((PostgresSoakServer)Server).TerminateSessions()), fault => fault.Statement);
}
