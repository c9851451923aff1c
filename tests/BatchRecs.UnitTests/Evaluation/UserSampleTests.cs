using BatchRecs.Core.Evaluation;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class UserSampleTests
{
    [Fact]
    public void From_5000_users_on_the_interval_is_the_normal_one()
    {
        // Half 0, half 1: mean 0.5, variance 0.25 · n / (n − 1).
        double[] values = [.. Enumerable.Range(0, 5000).Select(n => n % 2.0)];

        var interval = Interval.OfMean(values, seed: 1);

        double margin = 1.959963984540054 * Math.Sqrt(0.25 / 4999);
        Assert.Equal(0.5, interval.Estimate, 1e-12);
        Assert.Equal(0.5 - margin, interval.Low, 1e-12);
        Assert.Equal(0.5 + margin, interval.High, 1e-12);
    }

    [Fact]
    public void The_bootstrap_of_many_users_agrees_with_the_normal_interval()
    {
        double[] values = Skewed(4999, seed: 3);
        double mean = values.Average();
        double margin = 1.959963984540054 * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 4998 / 4999);

        var interval = Interval.OfMean(values, seed: 1);

        // 2,000 resamples place a 2.5 % bound to within about 6 % of the margin.
        Assert.Equal(mean, interval.Estimate, 1e-12);
        Assert.Equal(mean - margin, interval.Low, 0.1 * margin);
        Assert.Equal(mean + margin, interval.High, 0.1 * margin);
    }

    [Fact]
    public void The_relative_difference_by_bootstrap_agrees_with_the_delta_method()
    {
        double[] a = Skewed(5000, seed: 3), b = Skewed(5000, seed: 4);

        var byDelta = Interval.OfRelativeDifference(a, b, seed: 1)!;
        var byBootstrap = Interval.OfRelativeDifference(a[..^1], b[..^1], seed: 1)!;

        double width = byDelta.High - byDelta.Low;
        Assert.Equal(a.Average() / b.Average() - 1, byDelta.Estimate, 1e-12);
        Assert.Equal(byDelta.Low, byBootstrap.Low, 0.06 * width);
        Assert.Equal(byDelta.High, byBootstrap.High, 0.06 * width);
    }

    [Fact]
    public void The_bootstrap_interval_of_a_skewed_mean_leans_to_the_long_side()
    {
        var interval = Interval.OfMean(Skewed(60, seed: 5), seed: 1);

        Assert.True(interval.High - interval.Estimate > interval.Estimate - interval.Low);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_nearly_the_same()
    {
        double[] values = Skewed(400, seed: 3);

        var first = Interval.OfMean(values, seed: 1);

        Assert.Equal(first, Interval.OfMean(values, seed: 1));
        var other = Interval.OfMean(values, seed: 2);
        Assert.NotEqual(first, other);
        Assert.Equal(first.Low, other.Low, 0.15 * (first.High - first.Low));
    }

    [Fact]
    public void A_column_has_the_same_interval_alone_and_among_others()
    {
        double[] a = Skewed(300, seed: 3), b = Skewed(300, seed: 4), c = Skewed(300, seed: 5);

        var sample = new UserSample([a, b, c], seed: 9);

        Assert.Equal(Interval.OfMean(b, seed: 9), sample.Mean(1));
        Assert.Equal(Interval.OfPairedDifference(c, a, seed: 9), sample.Difference(2, 0));
        Assert.Equal(Interval.OfRelativeDifference(c, a, seed: 9), sample.Relative(2, 0));
    }

    [Fact]
    public void A_difference_that_is_the_same_for_all_users_is_certain()
    {
        double[] b = Skewed(500, seed: 3);
        double[] a = Array.ConvertAll(b, value => value + 0.25);

        var difference = Interval.OfPairedDifference(a, b, seed: 1);

        Assert.Equal(0.25, difference.Estimate, 1e-12);
        Assert.Equal(0.25, difference.Low, 1e-12);
        Assert.Equal(0.25, difference.High, 1e-12);
    }

    [Fact]
    public void Identical_lists_differ_by_exactly_nothing()
    {
        double[] values = Skewed(500, seed: 3);

        Assert.Equal(new Interval(0, 0, 0), Interval.OfPairedDifference(values, values, seed: 1));
        Assert.Equal(new Interval(0, 0, 0), Interval.OfRelativeDifference(values, values, seed: 1));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void There_is_no_relative_difference_from_a_baseline_without_hits(int userCount)
    {
        Assert.Null(Interval.OfRelativeDifference(Skewed(userCount, seed: 3), new double[userCount], seed: 1));
    }

    [Fact]
    public void There_is_no_relative_difference_where_some_resample_of_the_baseline_has_no_hits()
    {
        double[] b = new double[50];
        b[7] = 1;

        Assert.Null(Interval.OfRelativeDifference(Skewed(50, seed: 3), b, seed: 1));
    }

    [Fact]
    public void One_user_gives_no_interval()
    {
        var error = Assert.Throws<ArgumentException>(() => Interval.OfMean([0.5], seed: 1));

        Assert.StartsWith("An interval needs at least 2 users; there are 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_a_mean_holds_the_true_mean_in_92_to_98_of_100_worlds()
    {
        const int Worlds = 400;

        int holds = Enumerable.Range(0, Worlds).AsParallel().Count(world =>
        {
            var interval = Interval.OfMean(Skewed(300, seed: 1000 + world), seed: (ulong)world);
            return interval.Low <= SkewedMean && SkewedMean <= interval.High;
        });

        Assert.InRange(holds / (double)Worlds, 0.92, 0.98);
    }

    [Fact]
    public void Two_makers_whose_lists_are_swapped_at_random_differ_in_2_to_8_of_100_worlds()
    {
        const int Worlds = 400;

        int differ = Enumerable.Range(0, Worlds).AsParallel().Count(world =>
        {
            double[] a = Skewed(300, seed: 5000 + world), b = Skewed(300, seed: 9000 + world);
            var swap = new Random(world);
            for (int user = 0; user < a.Length; user++)
                if (swap.Next(2) == 0)
                    (a[user], b[user]) = (b[user], a[user]);
            var difference = Interval.OfPairedDifference(a, b, seed: (ulong)world);
            return difference.Low > 0 || difference.High < 0;
        });

        Assert.InRange(differ / (double)Worlds, 0.02, 0.08);
    }

    /// <summary>The true mean of <see cref="Skewed"/>.</summary>
    const double SkewedMean = 0.2 / 3;

    /// <summary>Draws values like NDCG: 0 for four users of five, the square of a uniform number for the fifth.</summary>
    static double[] Skewed(int count, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[count];
        for (int n = 0; n < count; n++)
            values[n] = random.NextDouble() < 0.8 ? 0 : Math.Pow(random.NextDouble(), 2);
        return values;
    }
}
