using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;
using BatchRecs.Store.Quality;

namespace BatchRecs.IntegrationTests.Quality;

/// <summary>Lists of two releases are joined by the ids that the store holds, whatever their type.</summary>
public sealed class ReleaseDiffTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite, IdKind.Int64)]
    [InlineData(StoreProvider.Sqlite, IdKind.Uuid)]
    [InlineData(StoreProvider.Postgres, IdKind.Int16)]
    [InlineData(StoreProvider.Postgres, IdKind.Uuid)]
    public async Task Users_and_items_of_every_type_are_found_again(StoreProvider provider, IdKind ids)
    {
        await using var project = await RefreshProject.ShopAsync(
            provider, ids: ids, job: new ShopJob().With("scorers", "{ recent: { halfLife: 7d } }").With("items", ""));
        await project.RunAsync();

        var found = await new ReleaseDiff(project.Serving).RunAsync(ShopJob.Name, 1, 1, depth: 10, top: 1, default);

        Assert.Equal((SomeShop.Users, 10, 1.0), (found.Churn!.Users, found.Churn.Depth, found.Churn.Jaccard));
        Assert.Equal((0L, 0L), (found.UsersOnlyBefore, found.UsersOnlyAfter));
    }

    [Fact]
    public async Task Users_who_lost_their_lists_are_counted_on_the_side_that_has_them()
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("scorers", "{ recent: { halfLife: 7d } }").With("items", ""));
        await project.RunAsync();
        await project.ExecuteAsync("delete from events where user_id in ('00005', '00006')");
        await project.RunAsync();

        var found = await new ReleaseDiff(project.Serving).RunAsync(ShopJob.Name, 1, 2, depth: 10, top: 1, default);

        Assert.Equal((298, 2L, 0L), (found.Churn!.Users, found.UsersOnlyBefore, found.UsersOnlyAfter));
    }
}
