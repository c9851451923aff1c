using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>The lists of one maker over the test users.</summary>
/// <param name="Name">Its name, unique among the makers of a list.</param>
/// <param name="Lists">List n belongs to user n of the truth.</param>
/// <param name="Kind">What it is to the evaluation.</param>
public sealed record MakerLists(string Name, CandidateBlock Lists, MakerKind Kind = MakerKind.Baseline);

/// <summary>Measures finished lists against what users took afterwards.</summary>
public static class Evaluator
{
    /// <summary>Gets the metrics that the recipe and the other makers are compared by.</summary>
    public static IReadOnlyList<RankingMetric> Compared { get; } = [RankingMetric.Ndcg, RankingMetric.Recall];

    /// <summary>Measures the makers of one list on the same users.</summary>
    /// <param name="list">Name of the list.</param>
    /// <param name="truth">What the users took.</param>
    /// <param name="makers">The recipe first, then the baselines; lists as they would be served.</param>
    /// <param name="at">List lengths, the primary one first.</param>
    /// <param name="catalogue">How well known the items were in training.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="token">Ends the measurement early.</param>
    /// <exception cref="InputDataException">Fewer than two users have a test item.</exception>
    public static ListEvaluation Evaluate(
        string list,
        TestTruth truth,
        IReadOnlyList<MakerLists> makers,
        IReadOnlyList<int> at,
        CataloguePopularity catalogue,
        ulong seed,
        CancellationToken token)
    {
        if (truth.UserCount < UserSample.LeastUsers)
            throw new InputDataException(
                $"{truth.UserCount} users have a test item for the list '{list}', at least {UserSample.LeastUsers} are needed: "
                + "lengthen the holdout, or wait for more data.");
        if (makers.DistinctBy(maker => maker.Name).Count() != makers.Count)
            throw new ArgumentException("Two makers of lists have the same name.", nameof(makers));

        // One column per maker, length and metric: one set of resamples serves every interval and every comparison.
        var columns = new List<double[]>();
        foreach (var maker in makers)
        {
            token.ThrowIfCancellationRequested();
            foreach (var metrics in RankingMetrics.Of(maker.Lists, truth, at))
                columns.AddRange(Enum.GetValues<RankingMetric>().Select(metrics.Of));
        }
        token.ThrowIfCancellationRequested();
        var sample = new UserSample(columns, seed);
        token.ThrowIfCancellationRequested();

        return new ListEvaluation
        {
            List = list,
            Counts = truth.Counts,
            MeasuredUsers = truth.UserCount,
            Makers = [.. makers.Select((maker, m) => new MakerEvaluation(maker.Name, [.. at.Select((length, k) =>
                Measure(maker.Lists, truth, length, catalogue, metric => sample.Mean(Column(m, k, at.Count, metric))))], maker.Kind))],
            Differences = [.. Differences(sample, makers, at)],
        };
    }

    static LengthEvaluation Measure(
        CandidateBlock lists,
        TestTruth truth,
        int length,
        CataloguePopularity catalogue,
        Func<RankingMetric, Interval> mean) => new()
        {
            Length = length,
            Metrics = Enum.GetValues<RankingMetric>().ToDictionary(metric => metric, mean),
            Lists = ListFigures.Of(lists, length, catalogue),
            Stratified = [.. PopularityStratified.Exponents.Select(exponent =>
                PopularityStratified.Of(lists, truth, length, catalogue.Counts, exponent))],
        };

    static IEnumerable<PairedDifference> Differences(UserSample sample, IReadOnlyList<MakerLists> makers, IReadOnlyList<int> at)
    {
        for (int m = 1; m < makers.Count; m++)
            for (int k = 0; k < at.Count; k++)
                foreach (var metric in Compared)
                {
                    int recipe = Column(0, k, at.Count, metric), baseline = Column(m, k, at.Count, metric);
                    yield return new PairedDifference(
                        makers[m].Name,
                        at[k],
                        metric,
                        sample.Difference(recipe, baseline),
                        sample.Relative(recipe, baseline));
                }
    }

    static int Column(int maker, int length, int lengths, RankingMetric metric) =>
        (((maker * lengths) + length) * Enum.GetValues<RankingMetric>().Length) + (int)metric;
}
