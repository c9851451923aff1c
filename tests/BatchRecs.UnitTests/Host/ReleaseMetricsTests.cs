using System.Text.Json;
using BatchRecs.Core.Allocating;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.ReRanking;
using BatchRecs.Host.Engines;

namespace BatchRecs.UnitTests.Host;

public sealed class ReleaseMetricsTests
{
    static readonly ReleaseFigures Plain = new()
    {
        Users = 5,
        CommonLength = 10,
        FullLength = 10,
        Depth = 10,
        Coverage = 0.5,
        NonFiniteScores = 0,
    };

    [Fact]
    public void A_release_without_metrics_has_none() => Assert.Empty(ReleaseMetrics.Read(null));

    [Fact]
    public void What_re_rankers_and_allocators_add_stands_beside_the_other_figures()
    {
        var figures = Plain with
        {
            Order = new OrderFigures(0.25, 0.5, null, null, 0),
            Allocation = [new AllocationStep("coverage", new AllocationOutcome("a note", new Dictionary<string, double> { ["slots"] = 7 }))],
        };

        var metrics = ReleaseMetrics.Read(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));

        Assert.Equal(0.5, metrics["coverage"]);
        Assert.Equal(0.25, metrics["order.diversityBefore"]);
        Assert.Equal(0.5, metrics["order.diversity"]);
        Assert.Equal(7, metrics["allocation.coverage.slots"]);
    }
}
