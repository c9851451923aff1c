using BatchRecs.Core.Allocating;
using BatchRecs.Core.Numerics;

namespace BatchRecs.UnitTests.Allocating;

/// <summary>Greedy coverage against the best possible assignment of items to lists.</summary>
public sealed class CoverageOracleTests
{
    const int Users = 40;
    const int Shown = 5;
    const int Hidden = 15;
    const int Factors = 4;

    [Fact]
    public void An_assignment_is_the_cheapest_one() =>
        Assert.Equal(5, Assignment.Cheapest(new double[,] { { 4, 1, 3 }, { 2, 0, 5 }, { 3, 2, 2 } }));

    /// <summary>Each of 15 items needs one of 40 lists, which all end with the same item.</summary>
    [Fact]
    public void Greedy_coverage_loses_at_most_three_tenths_more_than_the_best_assignment()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var (lists, factors, losses) = Instance(seed);
            var context = SomeLists.Context(Users, Shown + Hidden, factors: factors);

            var outcome = new CoverageAllocator(new CoverageOptions { Share = 1, Depth = Shown, Turns = 1 })
                .Allocate(lists, context, CancellationToken.None);

            Assert.Null(outcome.Shortfall);
            double best = Assignment.Cheapest(losses);
            Assert.InRange(outcome.Figures["predictedLoss"] / best, 1 - 1e-5, 1.3);
        }
    }

    /// <summary>Items that everybody has, each worth between 2 and 3 to a user; those that nobody has are worth a little less.</summary>
    static (ListSet Lists, FactorScores Factors, double[,] Losses) Instance(ulong seed)
    {
        float[] users = [.. Enumerable.Range(0, Users * Factors).Select(n => (float)CounterRandom.Uniform(seed, 1, n))];
        float[] items = new float[(Shown + Hidden) * Factors];
        for (int n = 0; n < items.Length; n++)
            items[n] = (float)CounterRandom.Uniform(seed, 2, n) + (n < Shown * Factors ? 2 : 0);
        int[] shown = [.. Enumerable.Range(0, Shown)];
        double Score(int user, int item) =>
            Enumerable.Range(0, Factors).Sum(f => (double)users[(user * Factors) + f] * items[(item * Factors) + f]);

        double[,] losses = new double[Hidden, Users];
        for (int user = 0; user < Users; user++)
            for (int item = 0; item < Hidden; item++)
                losses[item, user] = shown.Min(other => Score(user, other)) - Score(user, Shown + item);
        return (SomeLists.Of(Shown, [.. Enumerable.Repeat(shown, Users)]), new FactorScores(users, items, Factors), losses);
    }
}
