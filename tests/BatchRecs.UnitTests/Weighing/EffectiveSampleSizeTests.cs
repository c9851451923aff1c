using BatchRecs.Core.Weighing;

namespace BatchRecs.UnitTests.Weighing;

public sealed class EffectiveSampleSizeTests
{
    [Fact]
    public void Equal_weights_count_in_full_and_unequal_ones_less()
    {
        Assert.Equal(new EffectiveSampleSize(4, 4), EffectiveSampleSize.Of([0.5, 0.5, 0.5, 0.5]));
        Assert.Equal(new EffectiveSampleSize(1.6, 2), EffectiveSampleSize.Of([1, 3]));
    }

    [Fact]
    public void No_weight_at_all_counts_as_nothing() => Assert.Equal(new EffectiveSampleSize(0, 2), EffectiveSampleSize.Of([0, 0]));

    [Theory]
    [InlineData(1000, 20_000, null)]
    [InlineData(999, 2_000, "effective sample size 999 of 2,000; expected at least 1,000")]
    [InlineData(1999, 40_000, "effective sample size 1,999 of 40,000; expected at least 2,000")]
    public void A_figure_is_refused_below_a_thousand_or_a_twentieth(double size, long count, string? refusal) =>
        Assert.Equal(refusal, new EffectiveSampleSize(size, count).Refusal);
}
