using BatchRecs.Core.Errors;
using BatchRecs.Store;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>Where the rows go that a run could not use, and where their users never appear.</summary>
public sealed class RejectedRowsTests
{
    const string Planted = "anna.planted@example.com";

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_that_refuses_keeps_the_rejected_rows_and_names_no_user_anywhere_else(StoreProvider provider)
    {
        var job = new ShopJob().With("rejects", "{ maxShare: 0, sample: 1 }");
        await using var project = await RefreshProject.ShopAsync(provider, job: job);
        await project.ExecuteAsync(
            $"insert into events values ('{Planted}', null, 'view', null, '2026-02-01T00:00:00Z'), "
            + $"('{Planted}', '', 'view', 4, '2026-02-02T00:00:00Z'), ('{Planted}', null, 'view', null, '2026-02-03T00:00:00Z')");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());
        var rows = await new QuarantineTable(project.Serving).ListAsync(runId: 1, limit: 10, default);
        var run = (await project.Ledger.GetAsync(1, default))!;

        Assert.Equal(
            [
                new QuarantinedRow(Label, "item is null", 2, "item_id", Planted, null, "2026-02-01T00:00:00Z", null),
                new QuarantinedRow(Label, "item is empty", 1, "item_id", Planted, "", "2026-02-02T00:00:00Z", "4"),
            ],
            rows);
        Assert.Contains("item is null (column item_id): item null, time 2026-02-01T00:00:00Z", error.Message, StringComparison.Ordinal);
        string[] told = [error.ToString(), run.Message!, .. run.Stages.Select(stage => stage.Error + stage.Note), .. project.Log.Warnings];
        Assert.DoesNotContain(told, text => text.Contains(Planted, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_publishes_keeps_them_too()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.ExecuteAsync($"insert into events values ('{Planted}', null, 'view', null, '2026-02-01T00:00:00Z')");

        await project.PublishAsync();

        Assert.Equal(Planted, Assert.Single(await new QuarantineTable(project.Serving).ListAsync(1, 10, default)).User);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(project.InFolder(".batchrecs"), "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains(Planted, StringComparison.Ordinal));
    }

    const string Label = "sources[0] (events)";
}
