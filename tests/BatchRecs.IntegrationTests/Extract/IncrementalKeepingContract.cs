using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Quarantine;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What an incremental extract keeps, of whom, and what it does not ask of rows that nobody uses.</summary>
public abstract class IncrementalKeepingContract : ExtractAfterExtract
{
    [Fact]
    public async Task Of_a_forgotten_user_only_the_times_and_keys_of_rows_stay()
    {
        await using var warehouse = await FilledAsync();
        await warehouse.RunAsync("update events set value = 5");
        var source = ByNumber() with { Value = "value" };

        await ExtractAsync(warehouse, source, forgotten: "1");
        var first = Stored!;
        var next = await ExtractAsync(warehouse, source, day: 1, forgotten: "1");

        Assert.Equal((null, 3), (next.FullBecause, next.Report.Stored));
        foreach (var stored in new[] { first, Stored! })
        {
            Assert.Equal([2L, 3, 4], stored.Users.Integers.ToArray());
            Assert.Equal(["b", "c"], stored.Items.Texts.ToArray());
            var rows = stored.Sources[0];
            Assert.Equal(
                [(1, -3, 0, 0, Interactions.NoValue), (2, 0, 0, 1, 5), (3, 1, 1, 1, 5)],
                rows.Keys.Select((key, n) => ((int)key, rows.Users[n], rows.Items[n], (int)rows.Types[n], rows.Values[n])).Order());
            Assert.Equal(Micros("2024-05-09T00:00:00Z"), rows.Times[Array.IndexOf(rows.Keys, UInt128.One)]);
        }
    }

    [Fact]
    public async Task A_pass_that_is_given_up_leaves_no_rejected_rows_behind()
    {
        await using var warehouse = await FilledAsync();
        await warehouse.RunAsync("insert into events values (6, null, 'x', '2024-05-31T00:00:00Z', null, 6)");
        await ExtractAsync(warehouse, ByTime());
        await warehouse.RunAsync(Insert(9, "late", "2024-05-09T12:00:00Z"));
        var rejected = new RejectedRows(perReason: 10);

        var next = await ExtractAsync(warehouse, ByTime(), day: 1, rejected: rejected);

        Assert.NotNull(next.FullBecause);
        Assert.Equal((BadReasons.UserNull, 1), (Assert.Single(rejected.Rows).Reason, rejected.Rows[0].OfRows));
    }

    [Fact]
    public async Task Where_the_clock_has_gone_back_one_extract_is_full_and_the_next_goes_on()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime(), day: 2);

        var back = await ExtractAsync(warehouse, ByTime(), day: 1);
        var next = await ExtractAsync(warehouse, ByTime(), day: 1);

        Assert.Equal("as-of is earlier than that of the stored rows, 2024-06-03T00:00:00Z", back.FullBecause);
        Assert.Null(next.FullBecause);
    }

    [Fact]
    public async Task A_full_extract_of_a_clock_that_was_ahead_does_not_put_off_the_next_one()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime(), clock: 400);

        var back = await ExtractAsync(warehouse, ByTime());
        var next = await ExtractAsync(warehouse, ByTime());

        Assert.Equal("the last full extract is of 2025-07-06T00:00:00Z, later than now: the clock was ahead", back.FullBecause);
        Assert.Null(next.FullBecause);
    }

    [Fact]
    public async Task Without_an_overlap_the_newest_row_is_kept_and_nothing_is_read_again()
    {
        await using var warehouse = await FilledAsync();
        var source = ByNumber();
        source = source with { Changes = source.Changes! with { Overlap = 0 } };
        await ExtractAsync(warehouse, source);

        var next = await ExtractAsync(warehouse, source, day: 1);

        Assert.Equal((null, 4, 4), (next.FullBecause, next.Report.Stored, next.Report.RowsRead));
    }

    [Fact]
    public async Task Rows_beside_the_window_may_lack_a_key_or_share_one()
    {
        await using var warehouse = await FilledAsync();
        await warehouse.RunAsync(
            "insert into events values (null, 1, 'x', '2024-04-01T00:00:00Z', null, 5)",
            "insert into events values (8, 1, 'x', '2024-04-01T00:00:00Z', null, 5)",
            "insert into events values (8, 1, 'x', '2024-04-02T00:00:00Z', null, 5)");

        var full = await ExtractAsync(warehouse, ByNumber());
        await warehouse.RunAsync("update events set change_no = 7 where item_id = 'x'");
        var next = await ExtractAsync(warehouse, ByNumber(), day: 1);

        Assert.Equal(["a", "b", "c", "d"], full.Snapshot.Items.Texts.ToArray());
        Assert.Null(next.FullBecause);
        Assert.Equal(["a", "b", "c", "d"], next.Snapshot.Items.Texts.ToArray());
    }

    /// <summary>Rows are read and kept in files that may be large; nobody who cancels waits for that.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_does_not_wait_until_rows_are_loaded_or_kept(bool isKept)
    {
        await using var warehouse = await FilledAsync();
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        using var mayGoOn = new ManualResetEventSlim();
        using var isOver = new ManualResetEventSlim();
        void Linger()
        {
            _ = cancellation.CancelAsync();
            mayGoOn.Wait(TimeSpan.FromMinutes(1));
            isOver.Set();
        }

        var incremental = new IncrementalRequest
        {
            Load = () =>
            {
                if (!isKept)
                    Linger();
                return new LoadedEvents(null);
            },
            FullEvery = TimeSpan.FromDays(7),
            Keep = _ => Linger(),
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => IncrementalReader.ReadAsync(session, Request(ByTime()), incremental, progress: null, cancellation.Token));
        bool waited = isOver.IsSet;
        mayGoOn.Set();

        Assert.False(waited);
        Assert.True(isOver.Wait(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_row_that_moved_out_of_the_window_is_kept_no_longer()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByNumber());
        await warehouse.RunAsync("update events set at = '2024-04-01T00:00:00Z', change_no = 7 where row_id = 1");

        var next = await ExtractAsync(warehouse, ByNumber(), day: 1);

        Assert.Null(next.FullBecause);
        Assert.Equal(["b", "c", "d"], next.Snapshot.Items.Texts.ToArray());
    }
}

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteIncrementalKeepingTests : IncrementalKeepingContract
{
    private protected override string TimeType => "text";

    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresIncrementalKeepingTests(PostgresFixture postgres) : IncrementalKeepingContract, IClassFixture<PostgresFixture>
{
    private protected override string TimeType => "timestamptz";

    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);
}
