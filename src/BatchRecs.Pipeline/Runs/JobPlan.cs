using BatchRecs.Core.Guarding;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
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
            Validation = Rule(job.Evaluate.Validation),
            Seed = (ulong)job.Seed,
            Threads = job.Threads == 0 ? Environment.ProcessorCount : job.Threads,
        };
    }

    /// <summary>Makes ready to measure the recipe of a job on what was extracted for it.</summary>
    public static RecipeEvaluation Evaluation(
        Recipe recipe, RefreshJob job, ExtractedData extracted, params IReadOnlyList<ComparedRecipe> compared) =>
        new(recipe, Evaluation(job, compared)) { Items = extracted.Items, Segments = extracted.Segments };

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
                new ScorerChoice("recent", RecentVariants.Of(Tunable.Tuned, weighing), 1),
            ],
            Again = Again(job),
            Repeats = job.Evaluate.Repeats,
            Windows = job.Evaluate.Windows,
            Compared = compared,
        };
    }

    public static PrecomputePlan Precompute(RefreshJob job) => new()
    {
        Recommender = job.Recommender,
        Count = job.Precompute.Count,
        Reasons = job.Precompute.Reasons,
        Active = job.Users.Active,
        Depth = job.Guard.Depth,
        Again = Again(job),
        AgainCount = job.Again?.Count ?? 0,
        SimilarCount = job.Similar.Count,
        PopularCount = job.Popular.Count,
        TrendingWindow = job.Popular.TrendingWindow,
        TrendingMinUsers = job.Popular.TrendingMinUsers,
        Eligible = job.Live.Eligible is { } eligible ? new EligibleItems(eligible.Table, eligible.Item) : null,
        Taken = job.Live.Seen is { } taken ? new TakenItems(taken.Table, taken.User, taken.Item) : null,
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

    static HoldoutRule Rule(Holdout holdout) => new(holdout.Duration, holdout.Share ?? 0);

    public static AgainRule? Again(RefreshJob job) => job.Again is { } again ? new AgainRule(again.HalfLife, again.Events) : null;
}
