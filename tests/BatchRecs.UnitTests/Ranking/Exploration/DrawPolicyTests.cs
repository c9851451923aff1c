using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking.Exploration;
using MathNet.Numerics.Distributions;

namespace BatchRecs.UnitTests.Ranking.Exploration;

public class DrawPolicyTests
{
    [Fact]
    public void Probabilities_are_a_softmax_mixed_with_an_even_part()
    {
        double[] q = new double[2];

        // exp(1 / 0.5) : exp(0) = e² : 1.
        DrawPolicy.Probabilities([1, 0], temperature: 0.5, uniform: 0.1, q);

        double first = Math.Exp(2) / (Math.Exp(2) + 1);
        Assert.Equal((0.9 * first) + 0.05, q[0], 12);
        Assert.Equal((0.9 * (1 - first)) + 0.05, q[1], 12);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(1e6)]
    public void Probabilities_sum_to_one_and_none_is_below_the_even_part(double temperature)
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(n => CounterRandom.Uniform(3, 0, n))];
        double[] q = new double[40];
        DrawPolicy.Scale(scores);

        DrawPolicy.Probabilities(scores, temperature, uniform: 0.1, q);

        Assert.Equal(1, q.Sum(), 12);
        Assert.All(q, probability => Assert.True(probability >= 0.1 / 40));
    }

    [Fact]
    public void Scores_are_scaled_to_between_zero_and_one()
    {
        double[] scores = [4, 2, 3], alike = [7, 7];

        DrawPolicy.Scale(scores);
        DrawPolicy.Scale(alike);

        Assert.Equal([1, 0, 0.5], scores);
        Assert.Equal([1, 1], alike);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1999, 0)]
    [InlineData(0.2, 1)]
    [InlineData(0.6999, 1)]
    [InlineData(0.7, 2)]
    [InlineData(0.9999999999999999, 2)]
    public void A_variate_falls_into_the_part_that_is_the_items(double variate, int expected) =>
        Assert.Equal(expected, DrawPolicy.Draw([0.2, 0.5, 0.3], variate));

    [Fact]
    public void Items_come_as_often_as_their_probabilities_say()
    {
        const int draws = 100_000;
        double[] scores = [0, 0.1, 0.2, 0.4, 0.5, 0.7, 0.9, 1], q = new double[8];
        DrawPolicy.Probabilities(scores, temperature: 0.25, uniform: 0.1, q);
        int[] counts = new int[8];

        for (int n = 0; n < draws; n++)
            counts[DrawPolicy.Draw(q, CounterRandom.Uniform(11, 20_000, n))]++;

        double chiSquare = q.Select((p, n) => (counts[n] - (draws * p)) * (counts[n] - (draws * p)) / (draws * p)).Sum();
        Assert.True(chiSquare < ChiSquared.InvCDF(7, 0.999));
    }
}
