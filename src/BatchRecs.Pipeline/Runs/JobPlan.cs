using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Stages;
using BatchRecs.Store.Artifacts;
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
            ReRankers = [.. job.Precompute.Rerank.Select(ReRankers.All.Create)],
            Rules = Rules(job),
            Validation = Rule(job.Evaluate.Validation),
            Allocation = Allocation(job),
            Seed = (ulong)job.Seed,
            Threads = job.Threads == 0 ? Environment.ProcessorCount : job.Threads,
        };
    }

    /// <summary>Returns the rules, in order of precedence.</summary>
    public static Rule[] Rules(RefreshJob job) => [.. job.Rules.Select(rule => new Rule
    {
        Action = rule.Action,
        Items = rule.Items,
        Category = rule.Category,
        // What is buried without a factor stands behind all others.
        Value = rule.Rank ?? rule.Factor ?? 0,
        Segment = rule.Segment,
    })];

    /// <summary>Makes ready to measure the recipe of a job on what was extracted for it.</summary>
    public static RecipeEvaluation Evaluation(
        Recipe recipe, RefreshJob job, ExtractedData extracted, params IReadOnlyList<ComparedRecipe> compared) =>
        new(recipe, Evaluation(job, compared)) { Segments = extracted.Segments };

    public static RecipeEvaluationOptions Evaluation(RefreshJob job, params IReadOnlyList<ComparedRecipe> compared)
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
                TunedRecent(job),
            ],
            Again = Again(job),
            Repeats = job.Evaluate.Repeats,
            Windows = job.Evaluate.Windows,
            Compared = compared,
        };
    }

    /// <summary>Returns recent popularity with the half-life that fits best: what every list is held against.</summary>
    public static ScorerChoice TunedRecent(RefreshJob job) => new("recent", RecentVariants.Of(Tunable.Tuned, Weighing(job)), 1);

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
        Popular = Popular(job.Popular),
        Eligible = Eligible(job),
        Taken = job.Live.Seen is { } taken ? new TakenItems(taken.Table, taken.User, taken.Item) : null,
    };

    public static PopularPlan Popular(PopularOptions popular) => new(
        popular.Count, popular.Window, popular.TrendingWindow, popular.TrendingBase, popular.TrendingMinUsers);

    public static TrendingPlan Trending(RefreshJob job) => new(job.Recommender, Popular(job.Popular), Weighing(job), Eligible(job));

    public static MonitorLimits Monitor(RefreshJob job) => new()
    {
        MinCoverage = job.Monitor.MinCoverage,
        MaxGini = job.Monitor.MaxGini,
        MinTailShare = job.Monitor.MinTailShare,
        MaxChurn = job.Monitor.MaxChurn,
        MaxScoreDrift = job.Monitor.MaxScoreDrift,
        MaxPopularityDrift = job.Monitor.MaxPopularityDrift,
    };

    public static GuardPlan Guard(RefreshJob job, StageKeys keys, IReadOnlyList<string> sourceQueries) => new()
    {
        Sources = keys.Sources(sourceQueries),
        Definition = keys.Configuration,
        Measured = keys.Definition,
        Release = new GuardLimits
        {
            MinUsers = job.Guard.MinUsers,
            MinListLength = job.Guard.MinListLength,
            MinCoverage = job.Guard.MinCoverage,
            NoWorseThan = job.Guard.NoWorseThan,
        },
        Input = Inputs(job.Guard.Input),
        InputHistory = job.Guard.Input.History,
        Control = job.Guard.Control is { Enabled: true } control
            ? new ControlLimits { MinRuns = control.MinRuns, Width = control.Width, Tolerance = control.Tolerance }
            : null,
        ControlHistory = job.Guard.Control.History,
        Champion = Champion(job.Guard.Champion),
    };

    static ChampionLimits Champion(ChampionOptions champion) => new()
    {
        Metrics = champion.Metrics,
        MaxNdcgDrop = champion.MaxNdcgDrop,
        HoldsInconclusive = champion.Inconclusive == InconclusivePolicy.Hold,
        MaxCoverageFall = champion.MaxCoverageFall,
        MaxGiniRise = champion.MaxGiniRise,
        MaxPopularityRise = champion.MaxPopularityRise,
        MinNewItems = champion.MinNewItems,
        MaxChurn = champion.MaxChurn,
    };

    static InputLimits? Inputs(InputGuardOptions input) => !input.Enabled ? null : new InputLimits
    {
        MaxFall = input.MaxFall,
        MaxRise = input.MaxRise,
        MaxRejectedRise = input.MaxRejectedRise,
        MaxAgeRiseDays = input.MaxAgeRise.TotalDays,
        MaxTypeShift = input.MaxTypeShift,
        MaxDuplicatesRise = input.MaxDuplicatesRise,
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
            Floor = entry.Value.Floor,
            IsNegative = entry.Value.Negative,
            MinValue = entry.Value.MinValue,
            Value = entry.Value.Value,
        })],
        Floor = job.Weights.Floor,
        DropBelow = job.Weights.DropBelow,
        SaturationForm = job.Weights.Saturation.Form,
        Saturation = job.Weights.Saturation.Scale,
        UserDamping = job.Weights.UserDamping,
        MaxPerPair = job.Weights.MaxPerPair,
        MaxItemsPerUser = job.Weights.MaxItemsPerUser,
        PropensityExponent = job.Weights.Propensity.Exponent,
        PropensityFloor = job.Weights.Propensity.Floor,
        PropensityForm = job.Weights.Propensity.Form,
        UnobservedWeight = UnobservedWeight(job) ?? new AlsOptions().UnobservedWeight,
        PropensityTraining = job.Weights.Propensity.Training,
        PopularityHalfLifeDays = job.Popular.HalfLife.TotalDays,
        TimeZone = job.TimeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(job.TimeZone),
    };

    static EligibleItems? Eligible(RefreshJob job) =>
        job.Live.Eligible is { } eligible ? new EligibleItems(eligible.Table, eligible.Item) : null;

    /// <summary>Returns α₀ where the weights depend on it; null where they do not.</summary>
    public static double? UnobservedWeight(RefreshJob job) => job.Weights.Propensity.Form == PropensityForm.Relmf
        ? job.Scorers.Values.OfType<AlsOptions>().FirstOrDefault()?.UnobservedWeight
        : null;

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

    public static AgainRule? Again(RefreshJob job) => job.Again is { } again ? new AgainRule(again.HalfLife, again.Events) : null;
}
