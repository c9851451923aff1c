using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class NoveltyBoostTests
{
    /// <summary>Of 7 users everybody takes item 0, three take item 1 and nobody but the last takes item 2.</summary>
    static readonly ReRankingData Data =
        SomeItems.Data(["", "", ""], [[0, 1], [0, 1], [0], [0], [0], [0]]);

    [Theory]
    [InlineData(7, 7, 0)]
    [InlineData(3, 7, 1.0 / 3)]
    [InlineData(1, 7, 2.0 / 3)]
    [InlineData(0, 7, 1)]
    public void Novelty_is_zero_for_what_everybody_took_and_one_for_what_nobody_took(int users, int all, double expected) =>
        Assert.Equal(expected, NoveltyBoost.Novelty(users, all), 12);

    /// <summary>Novelties 0, 1/3, 2/3; relevance 1, 0.5, 0. At λ = 0.5: 0.5, 0.417, 0.333; at λ = 0.8: 0.2, 0.367, 0.533.</summary>
    [Theory]
    [InlineData(0, new[] { 0, 1, 2 })]
    [InlineData(0.5, new[] { 0, 1, 2 })]
    [InlineData(0.8, new[] { 2, 1, 0 })]
    [InlineData(1, new[] { 2, 1, 0 })]
    public void What_few_people_know_goes_up_with_lambda(double lambda, int[] expected) =>
        Assert.Equal(expected, SomeItems.Order(new NoveltyBoost(new NoveltyOptions { Lambda = lambda }, Data), [0, 1, 2]));
}
