using BatchRecs.Core.Evaluation;
using BatchRecs.Store.Quality;

namespace BatchRecs.UnitTests.Quality;

/// <summary>How many nights in a row popularity did better.</summary>
public sealed class NightsBelowTests
{
    static readonly DateTimeOffset Newest = new(2026, 3, 9, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(0, 0.0)]
    [InlineData(1, -0.1)]
    [InlineData(2, -0.1, -0.001, 0.2, -0.3)]
    [InlineData(0, 0.1, -0.3, -0.3)]
    public void Nights_are_counted_back_from_the_newest(int expected, params double[] differences)
    {
        NightScore[] nights = [.. differences.Select((difference, n) => Night(Newest.AddDays(-n), difference))];

        Assert.Equal(expected, RecommenderQuality.NightsBelow(nights));
    }

    /// <summary>A run may score the current release and one that was withdrawn.</summary>
    [Fact]
    public void A_night_counts_once_however_many_releases_it_scored() =>
        Assert.Equal(1, RecommenderQuality.NightsBelow([Night(Newest, -0.1), Night(Newest, -0.2)]));

    static NightScore Night(DateTimeOffset asOf, double difference)
    {
        var compared = new ComparedScore(new(0, 0, 0), new(0, 0, 0), new(difference, difference - 0.1, difference + 0.1));
        return new NightScore(1, asOf, 1, SomeReports.Night with
        {
            At = [new PrequentialLength(10, new Dictionary<RankingMetric, ComparedScore> { [RankingMetric.Ndcg] = compared })],
        });
    }
}
