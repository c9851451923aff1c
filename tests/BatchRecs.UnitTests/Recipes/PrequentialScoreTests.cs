using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>Served lists against what followed: figures by hand, and a baseline that knows nothing of what followed.</summary>
public sealed class PrequentialScoreTests
{
    const double Published = 10;

    /// <summary>A hit at rank 2, and the best that two test items can bring in two ranks.</summary>
    static readonly double Second = 1 / Math.Log2(3);

    [Fact]
    public void Figures_are_means_over_the_users_with_a_stored_list()
    {
        var report = Score(Shop())!;

        var at = Assert.Single(report.At);
        Assert.Equal((2, 2, 1), (at.Length, report.Users, report.WithoutList));
        Assert.Equal((Second + 1) / 2, at.Metrics[RankingMetric.Ndcg].Served.Estimate, 12);
        Assert.Equal(1, at.Metrics[RankingMetric.Recall].Served.Estimate, 12);
        Assert.Equal(1, at.Metrics[RankingMetric.HitRate].Served.Estimate, 12);
        Assert.Equal((3, 0), (report.Counts.EvaluatedUsers, report.Counts.ColdUsers));
    }

    /// <summary>Recent popularity ranks p, q, r, s; seen items are left out: anna gets q, r and bob p, r.</summary>
    [Fact]
    public void Recent_popularity_stands_beside_on_the_same_users()
    {
        var metrics = Score(Shop())!.At[0].Metrics;

        double recent = (1 + (Second / (1 + Second))) / 2;
        Assert.Equal(recent, metrics[RankingMetric.Ndcg].Recent.Estimate, 12);
        Assert.Equal(((Second + 1) / 2) - recent, metrics[RankingMetric.Ndcg].Difference.Estimate, 12);
        Assert.Equal(0.75, metrics[RankingMetric.Recall].Recent.Estimate, 12);
    }

    [Fact]
    public void The_parts_of_the_sources_add_up_to_the_whole()
    {
        var report = Score(Shop())!;

        Assert.Equal([("recent", 1, 0), ("als", 3, 3)], report.Sources.Select(source => (source.Source, source.Shown, source.Hits)));
        Assert.Equal([0, (Second + 1) / 2], report.Sources.Select(source => source.Ndcg.Estimate), Near);
    }

    [Fact]
    public void Ranks_and_groups_of_users_are_counted()
    {
        var report = Score(Shop())!;

        Assert.Equal(
            [(1, 2, 1, 0.5), (2, 2, 2, 1)], report.Ranks.Select(rank => (rank.Rank, rank.Shown, rank.Hits, rank.HitRate.Estimate)));
        Assert.Equal([2, 0, 0, 0], report.Segments.Select(segment => segment.Users));
        Assert.Equal(report.At[0].Metrics[RankingMetric.Ndcg].Served.Estimate, report.Segments[0].Ndcg!.Served.Estimate, 12);
        Assert.Null(report.Segments[1].Ndcg);
    }

    /// <summary>The canary: whoever looked ahead would know that everybody is about to buy s.</summary>
    [Fact]
    public void What_follows_the_publication_changes_nothing_of_recent_popularity()
    {
        var expected = Score(Shop())!.At[0].Metrics[RankingMetric.Ndcg];

        Assert.Equal(expected, Score(Flood(Published + 0.5))!.At[0].Metrics[RankingMetric.Ndcg]);
        Assert.NotEqual(expected.Recent, Score(Flood(Published - 0.5))!.At[0].Metrics[RankingMetric.Ndcg].Recent);
    }

    [Fact]
    public void Events_from_the_end_on_belong_to_the_release_that_followed()
    {
        var period = Period(Shop(), until: 12)!;

        Assert.Equal(["anna", "bob"], period.UserIds);
        Assert.Equal(2, Score(Shop(), until: 12)!.Users);
    }

    [Theory]
    [InlineData(13, 14)]
    [InlineData(0, 14)]
    [InlineData(12, 14)]
    public void There_is_nothing_to_score_where_nobody_could_have_been_recommended_something(double since, double until) =>
        Assert.Null(Scorer.Period(Shop().ToSnapshot(), Micros(since), Micros(until)));

    [Fact]
    public void There_is_nothing_to_score_where_nobody_has_a_list()
    {
        var period = Period(Shop())!;

        Assert.Null(Scorer.Score(period, new ServedLists(period.Truth.UserCount, 2), CancellationToken.None));
    }

    /// <summary>Somebody whose events are gone, because they were forgotten, is asked for nowhere.</summary>
    [Fact]
    public void Users_without_events_are_not_asked_for()
    {
        var whole = Shop().ToSnapshot();
        whole.Users.TryFind("anna", out int anna);
        bool[] forgotten = new bool[whole.Users.Count];
        forgotten[anna] = true;

        var period = Scorer.Period(whole.Without(forgotten), Micros(Published), Micros(14))!;

        Assert.Equal(["bob", "cid"], period.UserIds);
    }

    static PrequentialScore Scorer => new(SomeRecipe.Of(SomeRecipe.Recent()), SomeRecipe.Recent(), [2]);

    static IEqualityComparer<double> Near => EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-11);

    static EventTable Shop() => new EventTable()
        .Add("anna", "p", 1).Add("bob", "q", 1).Add("cid", "r", 1)
        .Add("dora", "p", 9).Add("dora", "q", 8).Add("dora", "r", 7).Add("dora", "s", 6)
        .Add("anna", "q", 11).Add("bob", "r", 11).Add("bob", "s", 11).Add("cid", "p", 12);

    static EventTable Flood(double day) => Enumerable.Range(0, 50).Aggregate(Shop(), (shop, n) => shop.Add($"new{n}", "s", day));

    static ServedPeriod? Period(EventTable shop, double until = 14) =>
        Scorer.Period(shop.ToSnapshot(), Micros(Published), Micros(until));

    static PrequentialReport? Score(EventTable shop, double until = 14)
    {
        var period = Period(shop, until)!;
        var served = new ServedLists(period.Truth.UserCount, 2);
        string[] users = [.. period.UserIds];
        Serve("anna", ("r", "recent"), ("q", "als"));
        Serve("bob", ("r", "als"), ("s", "als"));
        return Scorer.Score(period, served, CancellationToken.None);

        void Serve(string user, params (string Item, string Source)[] rows)
        {
            foreach (var (item, source) in rows)
                served.Add(Array.IndexOf(users, user), period.Items.TryFind(item, out int found) ? found : -1, source);
        }
    }

    static long Micros(double day) => (long)(day * EventTable.Day);
}
