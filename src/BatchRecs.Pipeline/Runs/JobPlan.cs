using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Turns a complete job definition into what the stages take. Pure: it opens nothing.</summary>
static class JobPlan
{
    public static RecipeOptions Recipe(RefreshJob job)
    {
        var weighing = Weighing(job);
        return new RecipeOptions
        {
            Weighing = weighing,
            Scorers = [.. job.Scorers.Select(scorer => new ScorerChoice(
                scorer.Key, Scorers.All.Create(scorer.Key, scorer.Value, weighing), job.Blend[scorer.Key].Value))],
            Seen = Seen(job.Precompute.Seen),
            Candidates = job.Precompute.Candidates,
            Validation = Rule(job.Evaluate.Validation),
            Allocation = Allocation(job),
            Seed = (ulong)job.Seed,
            Threads = job.Threads == 0 ? Environment.ProcessorCount : job.Threads,
        };
    }

    public static RecipeEvaluationOptions Evaluation(RefreshJob job)
    {
        var weighing = Weighing(job);
        return new RecipeEvaluationOptions
        {
            Holdout = Rule(job.Evaluate.Holdout),
            At = job.Evaluate.At,
            Baselines =
            [
                new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(weighing))], 1),
                new ScorerChoice("last-7-days", [new ScorerVariant("", new PopularScorer(weighing, TimeSpan.FromDays(7)))], 1),
                new ScorerChoice("recent", RecentVariants.Of(Tunable.Tuned, weighing), 1),
            ],
            Again = Again(job),
        };
    }

    public static PrecomputePlan Precompute(RefreshJob job) => new()
    {
        Recommender = job.Recommender,
        Count = job.Precompute.Count,
        Reasons = job.Precompute.Reasons,
        Active = job.Users.Active,
        Depth = job.Guard.Depth,
        Explores = job.Explore is not null,
        Again = Again(job),
        AgainCount = job.Again?.Count ?? 0,
        SimilarCount = job.Similar.Count,
        PopularCount = job.Popular.Count,
        TrendingWindow = job.Popular.TrendingWindow,
        TrendingMinUsers = job.Popular.TrendingMinUsers,
        Eligible = job.Live.Eligible is { } eligible ? new EligibleItems(eligible.Table, eligible.Item) : null,
        Taken = job.Live.Seen is { } taken ? new TakenItems(taken.Table, taken.User, taken.Item) : null,
    };

    public static GuardLimits Guard(RefreshJob job) => new()
    {
        MinUsers = job.Guard.MinUsers,
        MinListLength = job.Guard.MinListLength,
        MinCoverage = job.Guard.MinCoverage,
        NoWorseThan = job.Guard.NoWorseThan,
    };

    public static AllocationOptions? Allocation(RefreshJob job) => job.Precompute.Allocate.Count == 0 && job.Explore is null
        ? null
        : new AllocationOptions(
            [.. job.Precompute.Allocate.Select(choice => new NamedAllocator(choice.Name, Allocators.All.Create(choice)))],
            job.Precompute.Count,
            job.Users.Active,
            job.Explore is { } explore ? Exploration(job, explore) : null);

    static WeighingOptions Weighing(RefreshJob job) => new()
    {
        Events = [.. job.Events.Select(entry => new EventWeight(entry.Key)
        {
            Weight = entry.Value.Weight,
            HalfLifeDays = entry.Value.HalfLife?.TotalDays ?? double.PositiveInfinity,
            MinValue = entry.Value.MinValue,
            Value = entry.Value.Value,
        })],
        Floor = job.Weights.Floor,
        Saturation = job.Weights.Saturation,
        MaxPerPair = job.Weights.MaxPerPair,
        MaxItemsPerUser = job.Weights.MaxItemsPerUser,
        PropensityExponent = job.Weights.Propensity.Exponent,
        PropensityFloor = job.Weights.Propensity.Floor,
        PropensityTraining = job.Weights.Propensity.Training,
        PopularityHalfLifeDays = job.Popular.HalfLife.TotalDays,
        TimeZone = job.TimeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(job.TimeZone),
    };

    static SeenRule Seen(SeenOptions seen) => new() { Enabled = seen.Enabled, EventTypes = seen.Events, Within = seen.Within };

    static ExplorationOptions Exploration(RefreshJob job, ExploreOptions explore) => new()
    {
        Ranks = explore.Ranks,
        Pool = explore.Pool,
        PoolSize = explore.PoolSize,
        Depth = job.Guard.Depth,
        NewWithin = explore.NewWithin,
        Temperature = explore.Temperature,
        Uniform = explore.Uniform,
        Share = explore.Share,
        Seed = (ulong)job.Seed,
    };

    static HoldoutRule Rule(Holdout holdout) => new(holdout.Duration, holdout.Share ?? 0);

    static AgainRule? Again(RefreshJob job) => job.Again is { } again ? new AgainRule(again.HalfLife, again.Events) : null;
}
