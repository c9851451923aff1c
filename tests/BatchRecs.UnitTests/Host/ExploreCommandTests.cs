using System.Text.Json.Nodes;

namespace BatchRecs.UnitTests.Host;

/// <summary>The command <c>explore</c> with an engine that answers what the test says.</summary>
public sealed class ExploreCommandTests : CommandTests
{
    [Fact]
    public async Task The_report_is_a_table_for_people()
    {
        Assert.Equal(0, await RunAsync("explore", "report", "shop"));
        Assert.StartsWith("1,200 items drawn in 1 release from 2026-03-01 02:00:00 UTC", $"{_out}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_json_where_a_script_asks_for_it()
    {
        Assert.Equal(0, await RunAsync("explore", "report", "shop", "--json"));
        var policy = JsonNode.Parse($"{_out}")!["report"]!["policies"]![0]!;
        Assert.Equal(("explore", 0.2), ((string?)policy["target"], (double)policy["estimates"]![0]!["interval"]!["estimate"]!));
    }

    Task<int> RunAsync(params string[] args) => RunAsync(
        TestEngine.Unable with { MeasureExploration = (_, _) => Task.FromResult(SomeViews.Explored()) }, args);
}
