using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Catalogs;

/// <summary>Recent popularity with a given half-life, or with several of which the best is picked.</summary>
static class RecentVariants
{
    /// <summary>The half-lives, in days, among which <c>tuned</c> picks; the first is taken where nothing can be measured.</summary>
    static readonly double[] Tuned = [7, 1, 2, 4, 14, 30];

    public static ScorerVariant[] Of(Tunable halfLifeDays, WeighingOptions weighing) =>
        [.. (halfLifeDays.Value is { } days ? [days] : Tuned).Select(d =>
            new ScorerVariant(FormattableString.Invariant($"half-life {d} d"), new RecentScorer(d, weighing)))];
}
