using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>The scorers that a job may name; a new one is a line here.</summary>
public static class Scorers
{
    /// <summary>Gets the names that <c>scorers.NAME</c> in jobs/*.yaml may take, with their options.</summary>
    public static ScorerCatalog All { get; } = new()
    {
        { "als", (AlsOptions options, WeighingOptions _) => [new ScorerVariant("", new AlsScorer(options))] },
        { "recent", (RecentOptions options, WeighingOptions weighing) => RecentVariants.Of(options.HalfLife, weighing) },
        { "popular", (PopularScorerOptions _, WeighingOptions weighing) => [new ScorerVariant("", new PopularScorer(weighing))] },
    };
}
