using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Store;

/// <summary>At most one piece of work on a recommender at a time, and nothing from one that lost its lock.</summary>
public abstract class RecommenderLockContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    RecommenderLocks Locks => new(Store);

    [Fact]
    public async Task A_run_that_finds_another_at_work_is_recorded_as_skipped()
    {
        var first = Elsewhere();
        var started = await StartAsync(first);
        await Ledger.StageStartedAsync(started.RunId, "Train", "k", Now, None);

        var skipped = await StartAsync(LockOwner.New());

        Assert.Null(skipped.Fence);
        var since = (await Locks.FindAsync("movies", None))!.AcquiredAt;
        Assert.Equal(
            $"skipped: already running (run {started.RunId} of movies on far, process 4711, since {since:u}, stage train)",
            skipped.Skipped);
        var run = (await Ledger.GetAsync(skipped.RunId, None))!;
        Assert.Equal(("Skipped", (int?)75, skipped.Skipped, (DateTimeOffset?)Now), (run.State, run.ExitCode, run.Message, run.FinishedAt));
        Assert.Equal("Running", (await Ledger.GetAsync(started.RunId, None))!.State);
    }

    [Fact]
    public async Task Of_many_that_start_together_exactly_one_runs()
    {
        var owners = Enumerable.Range(0, 8).Select(_ => Elsewhere()).ToList();

        var runs = await Task.WhenAll(owners.Select(owner => Task.Run(() => StartAsync(owner))));

        Assert.Single(runs, run => run.Fence is not null);
        Assert.Equal(8, runs.Select(run => run.RunId).Distinct().Count());
    }

    [Fact]
    public async Task Recommenders_do_not_wait_for_each_other()
    {
        await StartAsync(Elsewhere());

        var other = await StartAsync(LockOwner.New(), "books");

        Assert.NotNull(other.Fence);
    }

    [Fact]
    public async Task A_start_that_is_repeated_finds_its_own_run()
    {
        var owner = LockOwner.New();
        var first = await StartAsync(owner);
        var skipping = Elsewhere();
        await StartAsync(Elsewhere(), "books");
        var skipped = await StartAsync(skipping, "books");

        Assert.Equal(first, await StartAsync(owner));
        Assert.Equal(skipped, await StartAsync(skipping, "books"));
    }

    [Fact]
    public async Task A_skipped_start_that_is_repeated_when_the_other_is_done_stays_skipped()
    {
        var first = await StartAsync(Elsewhere());
        var skipping = LockOwner.New();
        var skipped = await StartAsync(skipping);
        await Locks.FreeAsync(first.Fence!, None);

        var repeated = await StartAsync(skipping);

        Assert.Equal(skipped, repeated);
        Assert.Equal("Skipped", (await Ledger.GetAsync(skipped.RunId, None))!.State);
        Assert.NotNull((await StartAsync(LockOwner.New())).Fence);
    }

    [Fact]
    public async Task Who_died_on_this_machine_is_followed_at_once()
    {
        var dead = await StartAsync(LockOwner.New() with { ProcessId = int.MaxValue });

        var next = await StartAsync(LockOwner.New());

        Assert.Equal(2, next.Fence!.Fence);
        var lost = (await Ledger.GetAsync(dead.RunId, None))!;
        Assert.Equal(
            ("Lost", "lost: the process ended without a word; finished stages are kept, run again to go on"), (lost.State, lost.Message));
    }

    [Fact]
    public async Task A_process_that_took_over_the_number_of_a_dead_one_is_not_taken_for_it()
    {
        var mine = LockOwner.New();
        await StartAsync(mine with { ProcessStartedAt = mine.ProcessStartedAt.AddHours(-1) });

        Assert.NotNull((await StartAsync(LockOwner.New())).Fence);
    }

    [Fact]
    public async Task Who_fell_silent_elsewhere_is_followed_when_the_lease_has_run_out()
    {
        var silent = await StartAsync(Elsewhere());
        Assert.Null((await StartAsync(LockOwner.New())).Fence);

        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");
        var next = await StartAsync(LockOwner.New());

        Assert.Equal(2, next.Fence!.Fence);
        Assert.Equal(
            "lost: the process on far said nothing for longer than its lease lasts, and another run took its place; "
            + "if it still lives, it changes nothing any more",
            (await Ledger.GetAsync(silent.RunId, None))!.Message);
    }

    [Fact]
    public async Task Who_renews_keeps_the_lock()
    {
        var started = await StartAsync(Elsewhere());
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");

        Assert.True(await Locks.RenewAsync(started.Fence!, None));

        Assert.Null((await StartAsync(LockOwner.New())).Fence);
    }

    [Fact]
    public async Task A_process_that_wakes_up_without_its_lock_changes_nothing()
    {
        var sleeper = await StartAsync(Elsewhere());
        var old = new ReleaseStore(Store, sleeper.Fence);
        await old.EnsureRecommenderAsync(Some.Spec(), None);
        await Some.ReleaseAsync(old, "movies", Ids, Ids, key: "never published");
        long current = await Some.ReleaseAsync(old, "movies", Ids, Ids, key: "a");
        await old.PublishAsync(current, Now, None);
        long waiting = await Some.ReleaseAsync(old, "movies", Ids, Ids, key: "b");
        var writer = await old.BeginAsync("movies", Some.Start("c"), Ids, Ids, Now, None);
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");
        var next = await StartAsync(LockOwner.New());

        await LostAsync(() => old.EnsureRecommenderAsync(Some.Spec(again: true), None));
        await LostAsync(() => old.BeginAsync("movies", Some.Start("d"), Ids, Ids, Now, None));
        await using (writer)
            await LostAsync(() => writer.CompleteAsync("{}", None));
        await LostAsync(() => old.JudgeAsync(waiting, "never", None));
        await LostAsync(() => old.PublishAsync(waiting, Now, None));
        await LostAsync(() => old.DropOrphansAsync("movies", None));
        await LostAsync(() => old.PruneAsync("movies", 1, None));
        await LostAsync(() => old.DropRecommenderAsync("movies", None));
        Assert.False(await Locks.RenewAsync(sleeper.Fence!, None));
        await Locks.FreeAsync(sleeper.Fence!, None);
        await Ledger.FinishAsync(sleeper.RunId, new RunEnd("Published", "it thinks so", 0), Now, None);

        Assert.Equal(next.RunId, (await Locks.FindAsync("movies", None))!.RunId);
        Assert.Equal("Lost", (await Ledger.GetAsync(sleeper.RunId, None))!.State);
        Assert.Equal(
            ["building", "built", "current", "built"], (await Releases.ListAsync("movies", None)).Select(release => release.Standing));
        Assert.Equal(Publication.Done, await new ReleaseStore(Store, next.Fence).PublishAsync(waiting, Now.AddDays(1), None));
    }

    [Fact]
    public async Task A_process_that_published_before_it_fell_silent_is_recorded_as_published_when_it_wakes_up()
    {
        var sleeper = await StartAsync(Elsewhere());
        var releases = new ReleaseStore(Store, sleeper.Fence);
        await releases.EnsureRecommenderAsync(Some.Spec(), None);
        long release = await Some.ReleaseAsync(releases, "movies", Ids, Ids);
        await releases.PublishAsync(release, Now, None);
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");
        await StartAsync(LockOwner.New());
        string lost = (await Ledger.GetAsync(sleeper.RunId, None))!.State;

        Assert.False(await Ledger.FinishAsync(sleeper.RunId, new RunEnd("Unchanged", "", 0, release), Now, None));
        Assert.True(await Ledger.FinishAsync(sleeper.RunId, new RunEnd("Published", "", 0, release), Now, None));
        Assert.True(await Ledger.FinishAsync(sleeper.RunId, new RunEnd("Published", "", 0, release), Now, None));

        var run = (await Ledger.GetAsync(sleeper.RunId, None))!;
        Assert.Equal(("Lost", "Published", 0, release), (lost, run.State, run.ExitCode, run.ReleaseId));
    }

    [Fact]
    public async Task A_process_that_wakes_up_in_a_load_that_the_next_run_has_cleared_away_leaves_no_row_behind()
    {
        var sleeper = await StartAsync(Elsewhere());
        var old = new ReleaseStore(Store, sleeper.Fence);
        await old.EnsureRecommenderAsync(Some.Spec(), None);
        await using var writer = await old.BeginAsync("movies", Some.Start(), Ids, Ids, Now, None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(2, Ids.Count, 3, 1), None);
        await ExecuteAsync($"update {Internal("locks")} set expires_at = 1");
        var next = await StartAsync(LockOwner.New());
        await new ReleaseStore(Store, next.Fence).DropOrphansAsync("movies", None);

        await Assert.ThrowsAsync<StoreException>(
            () => writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(2, Ids.Count, 3, 1), None));

        Assert.Equal([0], await StoredRowsAsync("movies_main"));
    }

    [Fact]
    public async Task The_holder_hears_who_wants_it_to_end_and_why()
    {
        var started = await StartAsync(Elsewhere());
        await using var watch = await Locks.WatchAsync(started.Fence!, None);
        var before = await watch.LookAsync(None);

        bool asked = await Locks.RequestCancelAsync("movies", started.RunId, new CancelRequest("anna", "too slow"), None);
        await Locks.RequestCancelAsync("movies", started.RunId, new CancelRequest("bob", null), None);
        var after = await watch.LookAsync(None);
        await Locks.FreeAsync(started.Fence!, None);

        Assert.Equal(new CancelRequest(null, null), before);
        Assert.True(asked);
        Assert.Equal(new CancelRequest("anna", "too slow"), after);
        Assert.Null(await watch.LookAsync(None));
        Assert.False(await Locks.RequestCancelAsync("movies", started.RunId, new CancelRequest("carl", null), None));
    }

    [Fact]
    public async Task The_wish_to_end_a_run_does_not_reach_the_next_one()
    {
        var first = await StartAsync(Elsewhere());
        await Locks.RequestCancelAsync("movies", first.RunId, new CancelRequest("anna", null), None);
        await Locks.FreeAsync(first.Fence!, None);

        var second = await StartAsync(LockOwner.New());

        await using var watch = await Locks.WatchAsync(second.Fence!, None);
        Assert.Equal(new CancelRequest(null, null), await watch.LookAsync(None));
    }

    [Fact]
    public async Task Work_that_is_no_run_takes_the_same_lock()
    {
        var owner = Elsewhere();
        var (fence, _) = await Locks.TryTakeAsync("movies", "migrate --recreate", owner, None);

        var skipped = await StartAsync(LockOwner.New());
        var (none, holder) = await Locks.TryTakeAsync("movies", "prune", LockOwner.New(), None);
        await Locks.FreeAsync(fence!, None);

        Assert.StartsWith(
            "skipped: already running (migrate --recreate of movies on far, process 4711, since ",
            skipped.Skipped,
            StringComparison.Ordinal);
        Assert.Null(none);
        Assert.Equal(owner.Token, holder!.Holder);
        Assert.NotNull((await StartAsync(LockOwner.New())).Fence);
    }

    protected Task<StartedRun> StartAsync(LockOwner owner, string recommender = "movies") => Ledger.StartAsync(
        new RunStart(recommender, "jobs/movies.yaml", "hash", "kind: refresh\n", Now, AsOfGiven: false, "cli", owner), Now, None);

    protected static async Task LostAsync(Func<Task> work) => Assert.StartsWith(
        "The lock of movies was taken over", (await Assert.ThrowsAsync<StoreException>(work)).Message, StringComparison.Ordinal);

    /// <summary>A process on another machine, of which nothing is known here but what it says.</summary>
    protected static LockOwner Elsewhere() => LockOwner.New() with { Host = "far", Machine = "far away", ProcessId = 4711 };
}

public sealed class SqliteRecommenderLockTests() : RecommenderLockContract(StoreProvider.Sqlite);

public sealed class PostgresRecommenderLockTests() : RecommenderLockContract(StoreProvider.Postgres)
{
    /// <summary>Here alone there is a moment without a transaction: SQLite's file is locked throughout.</summary>
    [Fact]
    public async Task A_process_that_loses_its_lock_while_it_looks_at_broken_views_does_not_mend_them()
    {
        var sleeper = await StartAsync(Elsewhere());
        var old = new ReleaseStore(Store, sleeper.Fence);
        await old.EnsureRecommenderAsync(Some.Spec(), None);
        await ExecuteAsync("drop view recs.movies_popular cascade");
        int checks = 0;
        Store.BeforeStatement = name =>
        {
            if (name == "locks/check" && ++checks == 2)
                GiveAway();
        };

        await LostAsync(() => old.EnsureRecommenderAsync(Some.Spec(), None));

        Assert.Equal([0], await QueryAsync<int>("select count(*) from pg_views where viewname = 'movies_popular'"));
    }

    void GiveAway() => ExecuteAsync("update batchrecs.locks set fence = fence + 1").GetAwaiter().GetResult();
}
