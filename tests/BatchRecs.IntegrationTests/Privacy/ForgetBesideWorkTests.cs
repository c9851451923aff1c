using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Privacy;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>A forget and other work on the same releases neither harm each other nor leave anything to chance.</summary>
public sealed class ForgetBesideWorkTests
{
    static readonly RetrySettings Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) };

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static CancellationToken None => CancellationToken.None;

    /// <summary>The user's block is in the store, the release is not complete; while its table is indexed, it is locked.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite, "releases/load_items")]
    [InlineData(StoreProvider.Postgres, "releases/load_items")]
    [InlineData(StoreProvider.Postgres, "releases/analyze_list")]
    public async Task A_run_whose_release_is_being_built_publishes_it_without_the_user(StoreProvider serving, string statement)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        project.Faults = Once(statement, () => Forget(project));

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
        await AssertCountsAsync(project, SomeShop.Users);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Two_forgets_at_once_both_count(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.PublishAsync();
        bool listed = false;
        var other = Once("begin", () => Task.Run(() => project.ForgetAsync("00002")).Wait(), onlyIf: () => listed);
        var faults = new FaultPoints(name =>
        {
            other.Statement!(name);
            listed |= name == "releases/list";
        });

        await new Forgetting(project.Context with { Faults = faults }, project.Log, project.Clock)
            .ForgetAsync(PrivacyProject.User, null, "tester", None);

        await AssertCountsAsync(project, SomeShop.Users - 1);
    }

    [Fact]
    public async Task A_lock_that_passes_is_waited_for()
    {
        await using var project = await TwoReleasesAsync();
        int deletes = 0;

        var receipt = await ForgetAsync(project, () => ++deletes == 3);

        Assert.Equal([new ErasedRelease(2, 15, Blocked: false), new ErasedRelease(1, 15, Blocked: false)], receipt.Counts.Releases);
    }

    [Fact]
    public async Task A_lock_that_stays_fails_the_forget_and_costs_no_release()
    {
        await using var project = await TwoReleasesAsync();
        int deletes = 0;

        // The newer release comes first: it is the one that is locked, and the older one is cleaned all the same.
        var error = await Assert.ThrowsAsync<StoreException>(() => ForgetAsync(project, () => ++deletes <= 5));

        Assert.StartsWith("Locked. Given up after 5 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(["current", "retired"], (await project.Releases.ListAsync(ShopJob.Name, None)).Select(release => release.Standing));
        Assert.Equal([2L], (await new PersonalRows(project.Serving, ShopJob.Name).ListsAsync(PrivacyProject.User, None))
            .Select(list => list.ReleaseId).Distinct());
    }

    /// <summary>A publication is about to be committed when a forget, which cannot clean that release, gives it up.</summary>
    [Fact]
    public async Task A_release_that_becomes_current_while_it_is_given_up_stays_and_the_forget_says_that_it_failed()
    {
        await using var project = await TwoReleasesAsync(StoreProvider.Postgres);
        using var isCommitting = new ManualResetEventSlim();
        Task? forgetting = null, publishing = null;
        int deletes = 0;
        var commit = Once("commit", () =>
        {
            isCommitting.Set();
            Assert.True(SpinWait.SpinUntil(() => forgetting!.IsCompleted || project.IsWaitedFor(), Patience));
        });
        await using var store = Databases.Open(project.Settings["serving"], NullLoggerFactory.Instance, faults: commit);
        var faults = new FaultPoints(name =>
        {
            // The newer release comes first and has two lists.
            if (name == "privacy/delete_rows" && ++deletes > 2)
                Refuse();
            if (name != "begin" || deletes <= 2)
                return;
            publishing = Task.Run(() => new ReleaseStore(store).PublishAsync(1, project.Clock.GetUtcNow(), None));
            Assert.True(isCommitting.Wait(Patience));
        });

        forgetting = Task.Run(() => new Forgetting(project.Context with { Faults = faults }, project.Log, project.Clock)
            .ForgetAsync(PrivacyProject.User, null, "t", None));
        var error = await Assert.ThrowsAsync<StoreException>(() => forgetting);
        await publishing!;

        Assert.Equal("The disk is broken.", error.Message);
        var releases = await project.Releases.ListAsync(ShopJob.Name, None);
        Assert.Equal(
            [(2L, "built", false), (1L, "built", true)],
            releases.Select(release => (release.ReleaseId, release.State, release.IsCurrent)));
    }

    /// <summary>It fails while it builds, or after it has built and before it looks for users who were forgotten.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite, false)]
    [InlineData(StoreProvider.Postgres, false)]
    [InlineData(StoreProvider.Sqlite, true)]
    [InlineData(StoreProvider.Postgres, true)]
    public async Task A_run_that_fails_after_a_forget_leaves_nothing_of_the_user(StoreProvider serving, bool isBuilt)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        bool isComplete = false;
        var forget = Once("releases/load_items", () => Forget(project));
        var fail = Once(isBuilt ? "privacy/has_table" : "releases/load_items", Refuse, onlyIf: () => isComplete || !isBuilt);
        project.Faults = new FaultPoints(name =>
        {
            forget.Statement!(name);
            fail.Statement!(name);
            isComplete |= name == "releases/complete";
        });

        await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());

        Assert.Equal(isBuilt, isComplete);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, None));
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    /// <summary>From some moment on nothing that the run does reaches the store, as if it had been killed.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task What_a_killed_run_left_is_removed_by_a_forget(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        bool isDead = false;
        project.Faults = new FaultPoints(name =>
        {
            isDead |= name == "releases/load_items";
            if (isDead)
                Refuse();
        });
        await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());
        project.Faults = null;
        var left = Assert.Single(await project.Releases.ListAsync(ShopJob.Name, None));
        Assert.NotEmpty(await Traces.InTablesAsync(project.Serving, PrivacyProject.Word));

        var receipt = await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal((ReleaseStates.Building, 15), (left.State, Assert.Single(receipt.Counts.Releases).Rows));
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
        await project.PublishAsync();
    }

    [Fact]
    public async Task A_run_that_begins_meanwhile_keeps_what_it_writes()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, PrivacyProject.QuickJob());
        await project.PublishAsync();
        string stage = project.InFolder($".batchrecs/artifacts/{ShopJob.Name}/extract");
        Directory.CreateDirectory(Path.Combine(stage, ".tmp-killed"));
        project.Faults = Once("locks/find", () => Directory.CreateDirectory(Path.Combine(stage, ".tmp-begun")));

        await project.ForgetAsync(PrivacyProject.User);

        Assert.Equal([".tmp-begun"], Directory.GetDirectories(stage).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_breaks_off_while_a_run_looks_for_users_to_forget_is_asked_again(bool isComplete)
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, PrivacyProject.QuickJob());
        bool hasCome = !isComplete;
        var breakOff = Once("privacy/has_table", () => throw Passing(), onlyIf: () => hasCome);
        project.Retries = Quick;
        project.Faults = new FaultPoints(name =>
        {
            breakOff.Statement!(name);
            hasCome |= name == "releases/complete";
        });

        var outcome = await project.RunAsync();

        Assert.Equal(RunState.Published, outcome.State);
        Assert.Contains(project.Log.Warnings, warning => warning.Contains("is tried again", StringComparison.Ordinal));
    }

    /// <summary>The job of a recommender that was never set up is gone, and another job file cannot be read.</summary>
    [Fact]
    public async Task What_only_the_ledger_and_the_folder_know_is_cleared_although_a_job_file_is_broken()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, PrivacyProject.QuickJob());
        await project.PublishAsync();
        string gone = project.InFolder(".batchrecs/artifacts/gone/extract/k1");
        Directory.CreateDirectory(gone);
        await File.WriteAllTextAsync(Path.Combine(gone, "users.npy"), PrivacyProject.User);
        await File.WriteAllTextAsync(project.InFolder("jobs/broken.yaml"), "kind: refresh\nrecommender: [");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => project.ForgetAsync(PrivacyProject.User));

        Assert.Matches(
            @"^The user is not forgotten everywhere\. Done: shop \(receipt \w{24}\), gone \(receipt \w{24}\)\. Left: .*broken\.yaml",
            error.Message);
        Assert.Empty(await Traces.OfAsync(project, PrivacyProject.Word));
    }

    static async Task<RefreshProject> TwoReleasesAsync(StoreProvider serving = StoreProvider.Sqlite)
    {
        var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.PublishAsync();
        await PrivacyProject.AddEventAsync(project, 20);
        await project.PublishAsync();
        return project;
    }

    /// <summary>Forgets the user while a lock is in the way of some deletes.</summary>
    static async Task<Erasure> ForgetAsync(RefreshProject project, Func<bool> isLocked)
    {
        var faults = new FaultPoints(name =>
        {
            if (name == "privacy/delete_rows" && isLocked())
                throw Passing();
        });
        var context = project.Context with { Faults = faults, Retries = Quick };
        return Assert.Single(await new Forgetting(context, project.Log, project.Clock).ForgetAsync(PrivacyProject.User, null, "t", None));
    }

    static async Task AssertCountsAsync(RefreshProject project, int users)
    {
        var lists = await project.ReadListsAsync();
        var counts = (await project.Releases.FindCurrentAsync(ShopJob.Name, None))!.Counts!;
        Assert.Equal((users, lists.Main.Length, lists.Again.Length), (counts.Users, counts.Recommendations, counts.Again));
    }

    static FaultPoints Once(string statement, Action act, Func<bool>? onlyIf = null)
    {
        bool done = false;
        return new FaultPoints(name =>
        {
            if (done || name != statement || onlyIf?.Invoke() == false)
                return;
            done = true;
            act();
        });
    }

    /// <summary>Forgets the user while the run stands still.</summary>
    static void Forget(RefreshProject project) => Task.Run(() => project.ForgetAsync(PrivacyProject.User)).Wait();

    static void Refuse() => throw new StoreException("The disk is broken.");

    static StoreException Passing() => new("Locked.", isTransient: true) { SqlState = "55P03" };
}
