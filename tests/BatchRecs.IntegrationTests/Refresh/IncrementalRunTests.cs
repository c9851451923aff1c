using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A job that reads only what is new publishes the lists of one that reads everything.</summary>
public sealed class IncrementalRunTests
{
    static readonly IReadOnlyList<ShopEvent> FirstNight = [.. SomeShop.Events.Where(e => e.At <= SomeShop.Until.AddDays(-1))];
    static readonly IReadOnlyList<ShopEvent> SecondNight = [.. SomeShop.Events.Where(e => e.At > SomeShop.Until.AddDays(-1))];

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task The_second_night_reads_what_is_new_and_publishes_what_a_full_run_would(StoreProvider provider)
    {
        await using var full = await RefreshProject.ShopAsync(provider);
        await using var project = await RefreshProject.ShopAsync(provider, job: Job(), events: FirstNight);
        var expected = await full.PublishAsync();

        var first = await project.RunAsync();
        await AddSecondNightAsync(project);
        var second = await project.RunAsync();

        Assert.StartsWith("full: no rows are stored for these sources, window and event types; ", Note(first), StringComparison.Ordinal);
        Assert.StartsWith($"incremental: {second.Stages[0].Rows:N0} rows read since 20", Note(second), StringComparison.Ordinal);
        Assert.InRange(second.Stages[0].Rows, SecondNight.Count, SomeShop.Events.Count / 4);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_warehouse_that_stands_still_is_unchanged()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        await project.PublishAsync();

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Unchanged, outcome.State);
        Assert.StartsWith("incremental: ", Note(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Damaged_stored_rows_are_never_trusted(bool truncated)
    {
        await using var full = await RefreshProject.ShopAsync();
        await using var project = await RefreshProject.ShopAsync(job: Job(), events: FirstNight);
        var expected = await full.PublishAsync();
        await project.PublishAsync();
        string file = Path.Combine(StoredFolder(project), "source-0-times.npy");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, truncated ? bytes[..^8] : bytes);
        await AddSecondNightAsync(project);

        var outcome = await project.RunAsync();

        Assert.StartsWith("full: the stored rows are damaged; ", Note(outcome), StringComparison.Ordinal);
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("source-0-times.npy", StringComparison.Ordinal));
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task Stored_rows_outlive_a_new_model_but_not_a_new_window()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        await project.PublishAsync();

        project.Write(Job().With("seed", "7"));
        var newSeed = await project.RunAsync();
        project.Write(Job().With("window", "100d"));
        var newWindow = await project.RunAsync();

        Assert.StartsWith("incremental: ", Note(newSeed), StringComparison.Ordinal);
        Assert.StartsWith("full: no rows are stored", Note(newWindow), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, StageName.Extract)]
    public async Task Who_asks_for_a_full_extract_gets_one(bool fresh, StageName? from)
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        await project.PublishAsync();

        var outcome = await project.RunAsync(fresh: fresh, from: from);

        Assert.StartsWith("full: so it was asked for; ", Note(outcome), StringComparison.Ordinal);
    }

    /// <summary>Rows are kept once they were all read: a run that ends before leaves what the run before it kept.</summary>
    [Fact]
    public async Task A_run_that_is_killed_while_it_reads_costs_the_next_one_nothing()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job(), events: FirstNight);
        await project.PublishAsync();
        await AddSecondNightAsync(project);
        using var cancellation = new CancellationTokenSource();
        var watcher = new RunWatcher(started: _ => cancellation.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.RunAsync(observer: watcher, token: cancellation.Token));
        var outcome = await project.RunAsync();

        Assert.StartsWith("incremental: ", Note(outcome), StringComparison.Ordinal);
        Assert.Equal(RunState.Published, outcome.State);
    }

    [Fact]
    public async Task Rows_that_may_not_be_read_are_read_from_the_source()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job(), events: FirstNight);
        await project.PublishAsync();
        // All files are opened once to be checked; the first that is opened again is read.
        int checks = Directory.GetFiles(StoredFolder(project)).Length, opened = -1;
        project.Faults = new(File: name =>
        {
            if (name == "open" && opened >= 0 && opened++ == checks)
                throw new UnauthorizedAccessException("Access to the path is denied.");
        });

        var outcome = await project.RunAsync(observer: new RunWatcher(started: _ => opened = Math.Max(opened, 0)));

        Assert.StartsWith("full: the stored rows are damaged; ", Note(outcome), StringComparison.Ordinal);
        Assert.Contains(project.Log.Warnings, warning => warning.EndsWith(": Access to the path is denied.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_cannot_keep_its_rows_publishes_with_a_warning_and_the_next_goes_on_from_older_ones()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job(), events: FirstNight);
        await project.PublishAsync();
        await AddSecondNightAsync(project);
        int writes = 0;
        project.Faults = new(File: name =>
        {
            if (name == "write" && ++writes == 1)
                throw new IOException("No space left on device");
        });

        var outcome = await project.RunAsync();
        project.Faults = null;
        var next = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Contains(
            "shop: the rows that were read could not be kept, so the next run reads them again: No space left on device",
            project.Log.Warnings);
        Assert.Equal(RunState.Unchanged, next.State);
        Assert.Equal(Note(outcome), Note(next));
    }

    [Fact]
    public async Task After_the_newest_events_were_deleted_one_run_reads_everything_and_the_next_goes_on()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        await project.PublishAsync();
        await project.ExecuteAsync($"delete from events where at > '{SomeShop.Until.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}'");

        var first = await project.RunAsync();
        var second = await project.RunAsync();

        Assert.StartsWith("full: as-of is earlier than that of the stored rows", Note(first), StringComparison.Ordinal);
        Assert.StartsWith("incremental: ", Note(second), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 10)]
    public async Task A_backfill_leaves_the_rows_of_the_nightly_run_unless_it_is_to_begin_anew(bool fresh, int days)
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        await project.PublishAsync();
        var newest = StoredUntil(project);

        var backfill = await project.RunAsync(asOf: newest.AddDays(-10), fresh: fresh);

        Assert.StartsWith("full: ", Note(backfill), StringComparison.Ordinal);
        Assert.Equal(newest.AddDays(-days), StoredUntil(project));
        Assert.StartsWith("incremental: ", Note(await project.RunAsync()), StringComparison.Ordinal);
    }

    static ShopJob Job() => new ShopJob().With("incremental", "true");

    static Task AddSecondNightAsync(RefreshProject project) =>
        project.ExecuteAsync([.. SomeShop.Inserts(IdKind.Text, SecondNight)]);

    static string Note(RunOutcome outcome) => outcome.Stages[0].Note;

    static DateTimeOffset StoredUntil(RefreshProject project) => Micros.ToTime(JsonDocument.Parse(
        File.ReadAllText(Path.Combine(StoredFolder(project), "stored.json"))).RootElement.GetProperty("until").GetInt64());

    static string StoredFolder(RefreshProject project) =>
        Directory.GetDirectories(project.InFolder($".batchrecs/artifacts/{ShopJob.Name}/events")).Single();
}
