using System.Text.Json;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>Runs whose lists are changed together before they are loaded.</summary>
public sealed class AllocatedRunTests
{
    const string Capped = "{ name: exposure, maxShare: 0.2, depth: 5 }";

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Every_item_is_shown_no_item_too_often_and_the_run_says_what_that_took(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(
            provider, job: Job($"[ {Capped}, {{ name: coverage, share: 1, minUsers: 5, depth: 5 }} ]"));

        var outcome = await project.RunAsync();
        var lists = await project.ReadListsAsync();

        Assert.Equal(RunState.Published, outcome.State);
        var shown = lists.Main.Select(row => row.Split(' ')).Where(row => int.Parse(row[1], null) <= 5).ToArray();
        var perItem = shown.CountBy(row => row[2]).Select(item => item.Value).ToArray();
        Assert.Equal((78, 300 * 5), (perItem.Length, shown.Length));
        Assert.All(perItem, count => Assert.InRange(count, 5, 60));
        string[][] placed = [.. shown.Where(row => row[4] == "coverage")];
        Assert.NotEmpty(placed);
        Assert.All(placed, row => Assert.Equal("5", row[1]));
        string note = outcome.Stages.Single(stage => stage.Stage == StageName.Precompute).Note;
        Assert.Matches(@"; exposure: no item on more than 60 lists \(was \d+\), \d+ lists changed; coverage: coverage@5 ", note);
        string metrics = (await project.Releases.GetAsync(outcome.ReleaseId!.Value, default))!.Metrics!;
        var steps = JsonDocument.Parse(metrics).RootElement.GetProperty("allocation").EnumerateArray();
        Assert.Equal(["exposure", "coverage"], steps.Select(step => step.GetProperty("allocator").GetString()));
        var figures = steps.Select(step => step.GetProperty("outcome").GetProperty("figures")).ToArray();
        Assert.Equal((60, placed.Length), (figures[0].GetProperty("cap").GetInt32(), figures[1].GetProperty("places").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_reached_is_refused_with_what_can_be()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        project.Write(Job("[ { name: coverage, share: 1, minUsers: 20, depth: 5 } ]"));

        var outcome = await project.RunAsync();

        Assert.Equal((RunState.Refused, 6), (outcome.State, outcome.ExitCode));
        Assert.Matches(
            @"^refused, nothing was published: \d\d\.\d % of 78 items can be on 20 lists or more within the first 5 ranks, "
            + @"100\.0 % were asked for: 0 items have no factors, and the lists can give up 300 places\. ",
            outcome.Message);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    static ShopJob Job(string allocate) => new ShopJob().With(
        "precompute", $"{{ count: 10, candidates: 60, reasons: 5, allocate: {allocate} }}");
}
