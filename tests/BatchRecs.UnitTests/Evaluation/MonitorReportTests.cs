using BatchRecs.Core.Evaluation;

namespace BatchRecs.UnitTests.Evaluation;

/// <summary>What lists look like, and what of it is worth a warning.</summary>
public sealed class MonitorReportTests
{
    /// <summary>Five items; the best known one is the head, the other four the tail.</summary>
    static MonitorReport Report => MonitorReport.Of([9, 5, 4, 3, 1], [6, 3, 0, 1, 0], 2);

    [Fact]
    public void Figures_are_those_of_the_items_that_may_be_recommended()
    {
        Assert.Equal((5, 2), (Report.Items, Report.Depth));
        Assert.Equal(0.6, Report.Coverage, 12);
        Assert.Equal(0.4, Report.TailShare, 12);
        // Appearances 0, 0, 1, 3, 6: (−4·0 − 2·0 + 0·1 + 2·3 + 4·6) / (5 · 10).
        Assert.Equal(0.6, Report.Gini, 12);
    }

    [Fact]
    public void Lists_without_rows_have_figures_too()
    {
        var empty = MonitorReport.Of([3], [0], 10);

        Assert.Equal((0, 0, 0), (empty.Coverage, empty.Gini, empty.TailShare));
        Assert.Equal(0, MonitorReport.Of([], [], 10).Coverage);
    }

    [Fact]
    public void A_limit_that_is_kept_warns_of_nothing() =>
        Assert.Empty(Report.Against(new MonitorLimits { MinCoverage = 0.6, MaxGini = 0.6, MinTailShare = 0.4, MaxChurn = 0 }).Warnings);

    [Fact]
    public void Each_limit_that_is_crossed_is_named_with_its_figure()
    {
        var compared = Report with
        {
            PreviousReleaseId = 7,
            Churn = new ChurnFigures(10, 2, 0.5, 0.25, 0.4, 1),
            ScoreDrift = 0.3,
            PopularityDrift = 0.2,
        };

        var limits = new MonitorLimits
        {
            MinCoverage = 0.9, MaxGini = 0.5, MinTailShare = 0.5, MaxChurn = 0.5, MaxScoreDrift = 0.25, MaxPopularityDrift = 0.1,
        };

        Assert.Equal(
            [
                "coverage@2 is 0.6, monitor.minCoverage is 0.9",
                "Gini@2 is 0.6, monitor.maxGini is 0.5",
                "tail share@2 is 0.4, monitor.minTailShare is 0.5",
                "churn@2 against release 7 is 0.75, monitor.maxChurn is 0.5",
                "score drift since release 7 is 0.3, monitor.maxScoreDrift is 0.25",
                "popularity drift is 0.2, monitor.maxPopularityDrift is 0.1",
            ],
            compared.Against(limits).Warnings);
    }
}
