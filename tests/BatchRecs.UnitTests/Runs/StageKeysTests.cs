using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Runs;

/// <summary>
/// An option changes the keys of the stages whose output depends on it, and no other: too few and old output is served, too many and work
/// is repeated.
/// </summary>
public sealed class StageKeysTests
{
    static readonly ExtractHashes Hashes = new("snapshot", "items", "exclusions");

    static readonly RefreshJob Job = JobDefaults.Complete(new RefreshJob
    {
        Recommender = "shop",
        Sources = [new SourceOptions { Table = "events", Columns = new SourceColumns { User = "u", Item = "i", Time = "t" } }],
        Again = new AgainOptions(),
        Live = new LiveOptions(),
    });

    /// <summary>Each option with the stages whose keys it changes.</summary>
    public static TheoryData<string, string> Options => new()
    {
        { "recommender", "" },
        { "threads", "" },
        { "window", "" },
        { "rejects", "" },
        { "asOf", "" },
        { "publish.keepReleases", "" },
        { "guard.minUsers", "" },
        { "guard.noWorseThan", "" },
        { "evaluate.when", "" },
        { "stores.warehouse", "" },
        { "stores.serving", "precompute" },
        { "guard.depth", "precompute" },
        { "users.active", "precompute" },
        { "precompute.count", "precompute" },
        { "precompute.reasons", "precompute" },
        { "again.count", "precompute" },
        { "similar.count", "precompute" },
        { "popular.count", "precompute" },
        { "popular.trendingWindow", "precompute" },
        { "popular.trendingMinUsers", "precompute" },
        { "live.eligible", "precompute" },
        { "live.seen", "precompute" },
        { "evaluate.holdout", "evaluate" },
        { "evaluate.at", "evaluate" },
        { "again.halfLife", "evaluate precompute" },
        { "again.events", "evaluate precompute" },
        { "evaluate.validation", "evaluate train precompute" },
        { "scorers", "evaluate train precompute" },
        { "blend", "evaluate train precompute" },
        { "seed", "evaluate train precompute" },
        { "precompute.candidates", "evaluate train precompute" },
        { "precompute.seen", "evaluate train precompute" },
        { "precompute.allocate", "evaluate precompute" },
        { "explore", "evaluate precompute" },
        { "events", "evaluate weigh train precompute" },
        { "weights", "evaluate weigh train precompute" },
        { "timeZone", "evaluate weigh train precompute" },
        { "popular.halfLife", "evaluate weigh train precompute" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_changes_the_keys_of_the_stages_that_depend_on_it(string option, string stages)
    {
        var before = KeysOf(Job, Hashes);
        var after = KeysOf(Change(option), Hashes);

        Assert.Equal(stages, string.Join(' ', before.Keys.Where(stage => before[stage] != after[stage])));
    }

    [Theory]
    [InlineData("snapshot", "evaluate weigh train precompute")]
    [InlineData("items", "evaluate precompute")]
    [InlineData("exclusions", "precompute")]
    public void Changed_data_change_the_keys_of_the_stages_that_read_them(string part, string stages)
    {
        var changed = part switch
        {
            "snapshot" => Hashes with { Snapshot = "other" },
            "items" => Hashes with { Items = "other" },
            _ => Hashes with { Exclusions = "other" },
        };

        var (before, after) = (KeysOf(Job, Hashes), KeysOf(Job, changed));

        Assert.Equal(stages, string.Join(' ', before.Keys.Where(stage => before[stage] != after[stage])));
    }

    /// <summary>The content of an extract does not tell int from bigint, but the tables of a release do.</summary>
    [Fact]
    public void Wider_ids_change_the_key_of_precompute()
    {
        var keys = new StageKeys(Job);

        string narrow = keys.Precompute(Hashes, IdKind.Int32, IdKind.Int32);

        Assert.NotEqual(narrow, keys.Precompute(Hashes, IdKind.Int64, IdKind.Int32));
        Assert.NotEqual(narrow, keys.Precompute(Hashes, IdKind.Int32, IdKind.Int64));
    }

    [Fact]
    public void Where_outcomes_are_logged_changes_no_key()
    {
        var exploring = Job with { Explore = new ExploreOptions() };
        var logged = Job with
        {
            Explore = new ExploreOptions
            {
                Outcomes = new OutcomeOptions { Columns = new OutcomeColumns { User = "u", Item = "i", Time = "t" } },
            },
        };

        Assert.Equal(KeysOf(exploring, Hashes), KeysOf(logged, Hashes));
    }

    /// <summary>Stored rows are worth keeping when only the model changes.</summary>
    [Theory]
    [InlineData("weights", false)]
    [InlineData("rejects", false)]
    [InlineData("threads", false)]
    [InlineData("window", true)]
    [InlineData("timeZone", true)]
    [InlineData("sources", true)]
    [InlineData("stores.warehouse", true)]
    public void Stored_events_are_those_of_the_same_sources(string option, bool isOther) =>
        Assert.Equal(isOther, new StageKeys(Job).StoredEvents([]) != new StageKeys(Change(option)).StoredEvents([]));

    [Fact]
    public void A_changed_query_makes_stored_events_others() =>
        Assert.NotEqual(new StageKeys(Job).StoredEvents(["select 1"]), new StageKeys(Job).StoredEvents(["select 2"]));

    [Fact]
    public void The_key_of_extract_changes_with_the_job_and_with_as_of()
    {
        var at = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.NotEqual(StageKeys.Extract(at, "a"), StageKeys.Extract(at, "b"));
        Assert.NotEqual(StageKeys.Extract(at, "a"), StageKeys.Extract(at.AddSeconds(1), "a"));
    }

    /// <summary>As-of in another zone is the same moment, and so the same extract.</summary>
    [Fact]
    public void The_key_of_extract_does_not_depend_on_how_as_of_is_written()
    {
        var at = new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);

        Assert.Equal(StageKeys.Extract(at, "a"), StageKeys.Extract(at.ToOffset(TimeSpan.FromHours(2)), "a"));
    }

    static Dictionary<string, string> KeysOf(RefreshJob job, ExtractHashes hashes)
    {
        var keys = new StageKeys(job);
        return new Dictionary<string, string>
        {
            ["evaluate"] = keys.Evaluate(hashes),
            ["weigh"] = keys.Weigh(hashes),
            ["train"] = keys.Train(hashes),
            ["precompute"] = keys.Precompute(hashes, IdKind.Text, IdKind.Text),
        };
    }

    static RefreshJob Change(string option)
    {
        string[] path = option.Split('.');
        return path[0] switch
        {
            "precompute" => Job with { Precompute = ChangePrecompute(path[1]) },
            "evaluate" => Job with { Evaluate = ChangeEvaluate(path[1]) },
            "popular" => Job with { Popular = ChangePopular(path[1]) },
            "guard" or "users" or "publish" or "stores" or "live" or "again" => ChangeLists(option),
            _ => ChangeTop(option),
        };
    }

    static PrecomputeOptions ChangePrecompute(string key) => key switch
    {
        "count" => Job.Precompute with { Count = 50 },
        "reasons" => Job.Precompute with { Reasons = 1 },
        "allocate" => Job.Precompute with { Allocate = [new Choice<IAllocator>("exposure", new ExposureOptions())] },
        "candidates" => Job.Precompute with { Candidates = 500 },
        _ => Job.Precompute with { Seen = new SeenOptions { Within = TimeSpan.FromDays(30) } },
    };

    static EvaluateOptions ChangeEvaluate(string key) => key switch
    {
        "when" => Job.Evaluate with { When = EvaluateWhen.Nightly },
        "holdout" => Job.Evaluate with { Holdout = Holdout.Of(0.3) },
        "at" => Job.Evaluate with { At = [5] },
        _ => Job.Evaluate with { Validation = Holdout.Of(0.3) },
    };

    static PopularOptions ChangePopular(string key) => key switch
    {
        "count" => Job.Popular with { Count = 7 },
        "halfLife" => Job.Popular with { HalfLife = TimeSpan.FromDays(3) },
        "trendingWindow" => Job.Popular with { TrendingWindow = TimeSpan.FromDays(5) },
        _ => Job.Popular with { TrendingMinUsers = 2 },
    };

    static RefreshJob ChangeLists(string option) => option switch
    {
        "guard.minUsers" => Job with { Guard = Job.Guard with { MinUsers = 9 } },
        "guard.noWorseThan" => Job with { Guard = Job.Guard with { NoWorseThan = [] } },
        "guard.depth" => Job with { Guard = Job.Guard with { Depth = 3 } },
        "users.active" => Job with { Users = new UsersOptions { Active = TimeSpan.FromDays(9) } },
        "publish.keepReleases" => Job with { Publish = new PublishOptions { KeepReleases = 2 } },
        "stores.warehouse" => Job with { Stores = Job.Stores with { Warehouse = "other" } },
        "stores.serving" => Job with { Stores = Job.Stores with { Serving = "other" } },
        "live.eligible" => Job with { Live = new LiveOptions { Eligible = new EligibleRelation { Table = "a", Item = "i" } } },
        "live.seen" => Job with { Live = new LiveOptions { Seen = new SeenRelation { Table = "a", User = "u", Item = "i" } } },
        "again.count" => Job with { Again = Job.Again! with { Count = 3 } },
        "again.halfLife" => Job with { Again = Job.Again! with { HalfLife = TimeSpan.FromDays(3) } },
        _ => Job with { Again = Job.Again! with { Events = ["interaction"] } },
    };

    static RefreshJob ChangeTop(string option) => option switch
    {
        "recommender" => Job with { Recommender = "other" },
        "threads" => Job with { Threads = 3 },
        "window" => Job with { Window = TimeSpan.FromDays(3) },
        "rejects" => Job with { Rejects = new RejectOptions { MaxShare = 1 } },
        "asOf" => Job with { AsOf = AsOfPolicy.LatestEvent },
        "scorers" => Job with
        {
            Scorers = new Dictionary<string, object> { ["als"] = new AlsOptions { Factors = 7 }, ["recent"] = new RecentOptions() },
        },
        "blend" => Job with { Blend = new Dictionary<string, Tunable> { ["als"] = new(1), ["recent"] = new(2) } },
        "explore" => Job with { Explore = new ExploreOptions() },
        "seed" => Job with { Seed = 43 },
        "events" => Job with { Events = new Dictionary<string, EventOptions> { ["interaction"] = new() { Value = ValueUse.Log1p } } },
        "weights" => Job with { Weights = new WeightsOptions { Floor = 0.5 } },
        "similar.count" => Job with { Similar = new SimilarOptions { Count = 3 } },
        "sources" => Job with { Sources = [Job.Sources[0] with { Event = "view" }] },
        "timeZone" => Job with { TimeZone = "Europe/Berlin" },
        _ => throw new ArgumentException($"No change for '{option}'.", nameof(option)),
    };
}
