using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Host.Cli.Views;
using BatchRecs.UnitTests.Quality;

namespace BatchRecs.UnitTests.Host;

/// <summary>What an operator sees of the quality of served lists, and of the difference of two releases.</summary>
public sealed class QualityTableTests
{
    [Fact]
    public void Quality_shows_the_nights_the_last_in_full_the_releases_and_what_to_look_at() =>
        Assert.Equal(
            """
            Served lists against what users took while they were served; intervals are 95 %.

            release  until                    days  users  NDCG@10  interval     recent popularity  difference  interval          verdict
            -------  -----------------------  ----  -----  -------  -----------  -----------------  ----------  ----------------  -------
                  7  2026-03-02 02:00:00 UTC   1.0  1,893   0.1226  .1153–.1299             0.1106      +.0120  +.0051 to +.0189  better

            Release 7 up to 2026-03-02 02:00:00 UTC: 1,893 users; 10 more had no list of their own; recent popularity halves in 7 d.

            source   shown  hits  hit rate  part of NDCG@10  interval
            ------  ------  ----  --------  ---------------  -----------
            als     15,000   300     2.0 %           0.1000  .0900–.1100
            recent   3,930    90     2.3 %           0.0226  .0200–.0250

            rank  hits  hit rate  interval
            ----  ----  --------  -----------
               1    95    0.0502  .0410–.0605
               2    60    0.0317  .0240–.0400

            users with  users  NDCG@10  recent popularity  difference  interval
            ----------  -----  -------  -----------------  ----------  ----------------
            1-4 events  1,893   0.1226             0.1106      +.0120  +.0051 to +.0189

            release  coverage@10    Gini  tail share  against  changed lists   churn  score drift  popularity drift
            -------  -----------  ------  ----------  -------  -------------  ------  -----------  ----------------
                  7       41.2 %  0.9000      12.5 %        6         80.0 %  0.2500       0.0100            0.0500
                  6       40.0 %  0.9000      12.5 %
            warning: look here
            warning: release 7: Gini@10 is 0.9, monitor.maxGini is 0.8

            """,
            Render(writer => QualityTable.Write(writer, Quality())));

    [Fact]
    public void A_job_that_was_never_scored_says_what_it_takes() =>
        Assert.Equal(
            "no night was scored yet: the first run after users took something new scores the release they had then\n",
            Render(writer => QualityTable.Write(writer, new QualityView("shop", [], null, [], []))));

    [Fact]
    public void A_difference_names_figures_items_and_users() =>
        Assert.Equal(
            """
            shop: release 7 against release 6, first 10 ranks

            figure                                value
            -----------------------------------  ------
            users with a list in both             1,200
            users with a list in release 6 only       3
            users with a list in release 7 only      14
            overlap@10                           0.8000
            Jaccard@10                           0.7500
            rank-biased overlap (p = 0.9)        0.9123
            share of changed lists               0.8000

            Items whose share of the lists changed most

            item    lists of 6  lists of 7  change of share
            ------  ----------  ----------  ---------------
            21733          120          12     -9.00 points
            85123A           0          24     +2.00 points

            1 item came in

            item    lists of 6  lists of 7  change of share
            ------  ----------  ----------  ---------------
            85123A           0          24     +2.00 points

            Users whose lists changed most

            user   rank-biased overlap
            -----  -------------------
            12347               0.0000

            """,
            Render(writer => ReleaseDifferenceTable.Write(writer, Difference(showsUsers: true))));

    static QualityView Quality()
    {
        var night = SomeReports.Night;
        var (ndcg, at) = (night.At[0].Metrics[RankingMetric.Ndcg], SomeViews.At(2));
        var figures = MonitorReport.Of([2, 1], [1, 0], 10) with { Coverage = 0.4, Gini = 0.9, TailShare = 0.125 };
        return new QualityView(
            "shop",
            [new NightRow(7, 12, at.AddDays(-1), at, 1, 10, night.Users, Of(ndcg.Served), Of(ndcg.Recent), Of(ndcg.Difference), null)],
            night,
            [
                new(7, figures with
                {
                    Coverage = 0.412,
                    PreviousReleaseId = 6,
                    Churn = new ChurnFigures(100, 10, 0.8, 0.75, 0.9, 0.8),
                    ScoreDrift = 0.01,
                    PopularityDrift = 0.05,
                    Warnings = ["Gini@10 is 0.9, monitor.maxGini is 0.8"],
                }),
                new(6, figures),
            ],
            ["look here"]);
    }

    static ReleaseDifferenceView Difference(bool showsUsers) => new(
        "shop",
        6,
        7,
        new ReleaseDifference
        {
            Depth = 10,
            Churn = new ChurnFigures(1_200, 10, 0.8, 0.75, 0.9123, 0.8),
            UsersOnlyBefore = 3,
            UsersOnlyAfter = 14,
            ItemsIn = 1,
            ItemsOut = 0,
            In = [new("85123A", 0, 24, 0.02)],
            Out = [],
            Shifts = [new("21733", 120, 12, -0.09), new("85123A", 0, 24, 0.02)],
            MostChanged = [new("12347", 0.0)],
        },
        showsUsers);

    static Estimate Of(Interval interval) => new(interval.Estimate, interval.Low, interval.High);

    static string Render(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
