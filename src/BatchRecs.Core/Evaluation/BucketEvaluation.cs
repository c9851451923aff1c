namespace BatchRecs.Core.Evaluation;

/// <summary>Measures lists for parts of the users or of the items apart.</summary>
/// <param name="truth">The test items.</param>
/// <param name="makers">The lists.</param>
/// <param name="at">The list length.</param>
/// <param name="seed">Seed of the resamples.</param>
public sealed class BucketEvaluation(TestTruth truth, IReadOnlyList<MakerLists> makers, int at, ulong seed)
{
    /// <summary>Splits the users.</summary>
    /// <param name="by">What the parts are made by.</param>
    /// <param name="names">The names of the parts.</param>
    /// <param name="bucketOf">The part of user <see cref="TestTruth.Users"/>[n]; −1 = none.</param>
    public BucketTable ByUser(string by, IReadOnlyList<string> names, int[] bucketOf) => Table(
        by, [.. names.Select((name, bucket) => Measure(name, truth.Where((n, _) => bucketOf[n] == bucket)))]);

    /// <summary>Splits the test items; a user with items in several parts counts in each.</summary>
    /// <param name="by">What the parts are made by.</param>
    /// <param name="names">The names of the parts.</param>
    /// <param name="bucketOf">The part of each item of the catalogue; −1 = none.</param>
    public BucketTable ByItem(string by, IReadOnlyList<string> names, int[] bucketOf) => Table(
        by, [.. names.Select((name, bucket) => Measure(name, truth.Where((_, item) => bucketOf[item] == bucket)))]);

    BucketTable Table(string by, List<Measured> buckets)
    {
        buckets.RemoveAll(bucket => bucket.Bucket.Users == 0);
        Measured[] measured = [.. buckets.Where(bucket => bucket.Bucket.Makers.Count > 0)];
        return new BucketTable
        {
            By = by,
            Buckets = [.. buckets.Select(bucket => bucket.Bucket)],
            Gaps = measured.Length < 2 ? [] : [.. makers.Select((maker, m) => Gap(maker.Name, m, measured))],
        };
    }

    Measured Measure(string name, (TestTruth Truth, int[] Rows) part)
    {
        int pairs = 0;
        for (int n = 0; n < part.Truth.UserCount; n++)
            pairs += part.Truth.Of(n).Length;
        if (part.Truth.UserCount < UserSample.LeastUsers)
            return new Measured(new Bucket(name, part.Truth.UserCount, pairs, []), part.Rows, []);

        UserMetrics[] metrics = [.. makers.Select(maker => RankingMetrics.Of(maker.Lists.Select(part.Rows, at), part.Truth, [at])[0])];
        var sample = new UserSample([.. metrics.SelectMany(Columns)], seed);
        return new Measured(
            new Bucket(name, part.Truth.UserCount, pairs, [.. makers.Select((maker, m) =>
                new BucketFigure(maker.Name, sample.Mean(2 * m), sample.Mean((2 * m) + 1)))]),
            part.Rows,
            [.. metrics.Select(metric => metric.Of(RankingMetric.Ndcg))]);
    }

    static IEnumerable<double[]> Columns(UserMetrics metrics) => [metrics.Of(RankingMetric.Ndcg), metrics.Of(RankingMetric.Recall)];

    /// <summary>
    /// Each user moves the mean of a part by (value − mean) / users; whoever is in both parts moves the difference by both at once. For
    /// parts without a common user this is Welch's interval.
    /// </summary>
    BucketGap Gap(string maker, int m, Measured[] buckets)
    {
        double[] means = [.. buckets.Select(bucket => bucket.Bucket.Makers[m].Ndcg.Estimate)];
        int best = Array.IndexOf(means, means.Max()), worst = Array.LastIndexOf(means, means.Min());
        double[] moves = new double[truth.UserCount];
        Add(best, 1);
        Add(worst, -1);
        double error = Math.Sqrt(moves.Sum(move => move * move));
        double difference = means[best] - means[worst];
        return new BucketGap(maker, buckets[best].Bucket.Name, buckets[worst].Bucket.Name, new Interval(
            difference, difference - (UserSample.NormalQuantile * error), difference + (UserSample.NormalQuantile * error)));

        void Add(int bucket, int sign)
        {
            double[] values = buckets[bucket].Ndcg[m];
            double scale = sign / Math.Sqrt(values.Length * (values.Length - 1.0));
            for (int n = 0; n < values.Length; n++)
                moves[buckets[bucket].Rows[n]] += (values[n] - means[bucket]) * scale;
        }
    }

    /// <summary>A part with what its gap is worked out from.</summary>
    /// <param name="Bucket">The part.</param>
    /// <param name="Rows">Its users, as rows of the whole truth, ascending.</param>
    /// <param name="Ndcg">Per maker, the NDCG of each of these users.</param>
    sealed record Measured(Bucket Bucket, int[] Rows, double[][] Ndcg);
}
