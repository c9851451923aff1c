using BatchRecs.Core.Numerics;

namespace BatchRecs.UnitTests.Numerics;

public sealed class CounterRandomTests
{
    const int Draws = 100_000;

    [Fact]
    public void Normals_have_mean_0_variance_1_and_the_tails_of_the_bell_curve()
    {
        double[] draws = [.. Enumerable.Range(0, Draws).Select(n => CounterRandom.Normal(7, n / 100, n % 100))];

        // Four standard errors: 4 / √n, 4 · √(2 / n), 4 · √(0.0455 · 0.9545 / n).
        Assert.Equal(0, draws.Average(), 0.013);
        Assert.Equal(1, draws.Average(x => x * x), 0.018);
        Assert.Equal(0.0455, draws.Count(x => Math.Abs(x) > 2) / (double)Draws, 0.0027);
    }

    [Fact]
    public void Uniforms_fill_the_unit_interval_evenly()
    {
        int[] bins = new int[10];
        for (int n = 0; n < Draws; n++)
            bins[(int)(10 * CounterRandom.Uniform(1, 0, n))]++;

        // Four standard errors of a count with mean 10,000.
        Assert.All(bins, count => Assert.InRange(count, 9_620, 10_380));
    }

    [Fact]
    public void Indices_are_below_the_count_and_all_occur()
    {
        var seen = Enumerable.Range(0, 1000).Select(n => CounterRandom.Index(3, n, 0, 7)).ToHashSet();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], seen.Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => CounterRandom.Index(3, 0, 0, 0));
    }

    [Fact]
    public void A_draw_depends_on_seed_row_and_counter_and_on_nothing_else()
    {
        ulong first = CounterRandom.Bits(1, 2, 3);

        Assert.Equal(first, CounterRandom.Bits(1, 2, 3));
        Assert.Distinct([first, CounterRandom.Bits(2, 2, 3), CounterRandom.Bits(1, 3, 3), CounterRandom.Bits(1, 2, 4)]);
    }
}
