using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>
/// The whole protocol on real data against figures of an independent implementation: split at 80 % of the events, known users, new
/// pairs, one popular list for all without what each user has seen. The reference is given to four decimals.
/// </summary>
public sealed class SampleReferenceTests
{
    const double Tolerance = 0.00005;

    [Theory]
    [InlineData(null, 0.0198, 0.0379)]
    [InlineData(4.0, 0.0497, 0.1016)]
    public void Popular_lists_of_the_retail_sample_score_as_known(double? halfLifeDays, double recall, double ndcg)
    {
        var metrics = PopularAt10(SampleData.OnlineRetail, halfLifeDays);

        Assert.Equal(recall, metrics.Mean(RankingMetric.Recall), Tolerance);
        Assert.Equal(ndcg, metrics.Mean(RankingMetric.Ndcg), Tolerance);
    }

    [Theory]
    [InlineData(null, 0.1063, 0.0618)]
    [InlineData(1.0, 0.2015, 0.1419)]
    public void Popular_lists_of_the_film_sample_score_as_known(double? halfLifeDays, double recall, double ndcg)
    {
        var metrics = PopularAt10(SampleData.MovieTweetings, halfLifeDays);

        Assert.Equal(recall, metrics.Mean(RankingMetric.Recall), Tolerance);
        Assert.Equal(ndcg, metrics.Mean(RankingMetric.Ndcg), Tolerance);
    }

    [Fact]
    public void Own_decayed_purchases_of_the_retail_sample_score_as_known()
    {
        var retail = SampleData.OnlineRetail;
        var split = TemporalSplit.ByShare(retail, 0.2);
        var truth = split.Truth(AllPositive(retail), repeats: true);
        var lists = new CandidateBlock(truth.UserCount, capacity: 10);

        new AgainList(split.Training, TimeSpan.FromDays(60)).Top(truth.Users, Exclusions.None(split.Training.Users.Count), lists);

        Assert.Equal(0.3133, RankingMetrics.Of(lists, truth, [10])[0].Mean(RankingMetric.Ndcg), Tolerance);
    }

    static UserMetrics PopularAt10(Snapshot snapshot, double? halfLifeDays)
    {
        var split = TemporalSplit.ByShare(snapshot, 0.2);
        var truth = split.Truth(AllPositive(snapshot), repeats: false);
        var seen = SeenItems.Build(split.Training, new SeenRule());
        double[] popularity = Popularity(split.Training, seen, halfLifeDays);
        var everybody = PopularLists.Build(popularity, new double[popularity.Length], count: popularity.Length);

        var lists = new CandidateBlock(truth.UserCount, capacity: 10);
        for (int n = 0; n < truth.UserCount; n++)
        {
            int[] items = [.. everybody.Select(row => row.Item).Where(item => seen.Of(truth.Users[n]).BinarySearch(item) < 0).Take(10)];
            items.CopyTo(lists.Items, n * 10);
            lists.Lengths[n] = items.Length;
        }
        return RankingMetrics.Of(lists, truth, [10])[0];
    }

    /// <summary>Counts distinct users per item, or, with a half-life, events that fade.</summary>
    static double[] Popularity(Snapshot training, Exclusions seen, double? halfLifeDays)
    {
        double[] popularity = new double[training.Items.Count];
        if (halfLifeDays is { } days)
        {
            for (int row = 0; row < training.Interactions.Count; row++)
                popularity[training.Interactions.Items[row]] +=
                    Math.Pow(2, -(training.DataUntil - training.Interactions.Times[row]) / (days * EventTable.Day));
            return popularity;
        }

        for (int user = 0; user < training.Users.Count; user++)
            foreach (int item in seen.Of(user))
                popularity[item]++;
        return popularity;
    }

    static bool[] AllPositive(Snapshot snapshot) => [.. Enumerable.Repeat(true, snapshot.Interactions.Count)];
}
