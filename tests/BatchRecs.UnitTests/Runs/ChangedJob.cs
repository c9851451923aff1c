using BatchRecs.Core.Allocating;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Runs;

/// <summary>A job, and the same job with one key changed.</summary>
static class ChangedJob
{
    static readonly RuleOptions Rule = new() { Action = RuleAction.Boost, Items = ["a"], Factor = 2 };

    /// <summary>Gets the job.</summary>
    public static RefreshJob Before { get; } = JobDefaults.Complete(new RefreshJob
    {
        Recommender = "shop",
        Sources = [new SourceOptions { Table = "events", Columns = new SourceColumns { User = "u", Item = "i", Time = "t" } }],
        Again = new AgainOptions(),
        Live = new LiveOptions(),
    });

    /// <summary>Returns the job with another value of a key.</summary>
    public static RefreshJob By(string option)
    {
        string[] path = option.Split('.');
        return path[0] switch
        {
            "rules" => Before with { Rules = [Rule with { Segment = path.Length > 1 ? "club" : null }] },
            "precompute" => Before with { Precompute = Precompute(path[1]) },
            "evaluate" => Before with { Evaluate = Evaluate(path[1]) },
            "popular" => Before with { Popular = Popular(path[1]) },
            "guard" or "users" or "publish" or "stores" or "live" or "again" => Lists(option),
            _ => Top(option),
        };
    }

    static PrecomputeOptions Precompute(string key) => key switch
    {
        "count" => Before.Precompute with { Count = 50 },
        "reasons" => Before.Precompute with { Reasons = 1 },
        "rerank" => Before.Precompute with { Rerank = [new Choice<OpenReRanker>("mmr", new MmrOptions())] },
        "allocate" => Before.Precompute with { Allocate = [new Choice<IAllocator>("exposure", new ExposureOptions())] },
        "candidates" => Before.Precompute with { Candidates = 500 },
        _ => Before.Precompute with { Seen = new SeenOptions { Within = TimeSpan.FromDays(30) } },
    };

    static EvaluateOptions Evaluate(string key) => key switch
    {
        "when" => Before.Evaluate with { When = EvaluateWhen.Nightly },
        "holdout" => Before.Evaluate with { Holdout = Holdout.Of(0.3) },
        "at" => Before.Evaluate with { At = [5] },
        "repeats" => Before.Evaluate with { Repeats = true },
        "windows" => Before.Evaluate with { Windows = 3 },
        "segments" => Before.Evaluate with
        {
            Segments = new SegmentOptions { Table = "customers", Columns = new SegmentColumns { User = "id", Segment = "country" } },
        },
        _ => Before.Evaluate with { Validation = Holdout.Of(0.3) },
    };

    static PopularOptions Popular(string key) => key switch
    {
        "count" => Before.Popular with { Count = 7 },
        "halfLife" => Before.Popular with { HalfLife = TimeSpan.FromDays(3) },
        "window" => Before.Popular with { Window = TimeSpan.FromDays(5) },
        "trendingBase" => Before.Popular with { TrendingBase = TimeSpan.FromDays(14) },
        "trendingWindow" => Before.Popular with { TrendingWindow = TimeSpan.FromDays(5) },
        _ => Before.Popular with { TrendingMinUsers = 2 },
    };

    static RefreshJob Lists(string option) => option switch
    {
        "guard.minUsers" => Before with { Guard = Before.Guard with { MinUsers = 9 } },
        "guard.noWorseThan" => Before with { Guard = Before.Guard with { NoWorseThan = [] } },
        "guard.depth" => Before with { Guard = Before.Guard with { Depth = 3 } },
        "users.active" => Before with { Users = new UsersOptions { Active = TimeSpan.FromDays(9) } },
        "publish.keepReleases" => Before with { Publish = new PublishOptions { KeepReleases = 2 } },
        "stores.warehouse" => Before with { Stores = Before.Stores with { Warehouse = "other" } },
        "stores.serving" => Before with { Stores = Before.Stores with { Serving = "other" } },
        "live.eligible" => Before with { Live = new LiveOptions { Eligible = new EligibleRelation { Table = "a", Item = "i" } } },
        "live.seen" => Before with { Live = new LiveOptions { Seen = new SeenRelation { Table = "a", User = "u", Item = "i" } } },
        "again.count" => Before with { Again = Before.Again! with { Count = 3 } },
        "again.halfLife" => Before with { Again = Before.Again! with { HalfLife = TimeSpan.FromDays(3) } },
        _ => Before with { Again = Before.Again! with { Events = ["interaction"] } },
    };

    static RefreshJob Top(string option) => option switch
    {
        "recommender" => Before with { Recommender = "other" },
        "threads" => Before with { Threads = 3 },
        "window" => Before with { Window = TimeSpan.FromDays(3) },
        "rejects" => Before with { Rejects = new RejectOptions { MaxShare = 1 } },
        "asOf" => Before with { AsOf = AsOfPolicy.LatestEvent },
        "scorers" => Before with
        {
            Scorers = new Dictionary<string, object> { ["als"] = new AlsOptions { Factors = 7 }, ["recent"] = new RecentOptions() },
        },
        "blend" => Before with { Blend = new Dictionary<string, Tunable> { ["als"] = new(1), ["recent"] = new(2) } },
        "explore" => Before with { Explore = new ExploreOptions() },
        "seed" => Before with { Seed = 43 },
        "events" => Before with { Events = new Dictionary<string, EventOptions> { ["interaction"] = new() { Value = ValueUse.Log1p } } },
        "weights" => Before with { Weights = new WeightsOptions { Floor = 0.5 } },
        "similar.count" => Before with { Similar = new SimilarOptions { Count = 3 } },
        "sources" => Before with { Sources = [Before.Sources[0] with { Event = "view" }] },
        "timeZone" => Before with { TimeZone = "Europe/Berlin" },
        _ => throw new ArgumentException($"No change for '{option}'.", nameof(option)),
    };
}
