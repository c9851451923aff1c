using BatchRecs.Core.Errors;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A live relation that somebody drops takes the readers' views with it, or out of order: the next run must notice.</summary>
public sealed class LostLiveRelationTests
{
    const string Stock = "create table stock as select item_id from items where item_id < '00060'";

    [Theory]
    [InlineData(StoreProvider.Sqlite, "drop table stock")]
    [InlineData(StoreProvider.Postgres, "drop table stock cascade")]
    public async Task A_run_does_not_end_well_until_it_is_back_and_then_readers_have_their_views_again(StoreProvider provider, string drop)
    {
        var job = new ShopJob().With("live", "{ eligible: { table: stock, item: item_id } }");
        await using var project = await RefreshProject.ShopAsync(provider, job: job);
        await project.ExecuteAsync(Stock);
        var before = await project.PublishAsync();

        await project.ExecuteAsync(drop);
        var error = await Assert.ThrowsAsync<StoreException>(() => project.RunAsync());
        await project.ExecuteAsync(Stock);
        var outcome = await project.RunAsync();

        Assert.Contains("stock", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
        Assert.Contains(project.Log.Warnings, text => text.StartsWith("shop: its views cannot be read", StringComparison.Ordinal));
    }
}
