using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>The same data give the same lists, whatever the store, the number of threads and the order of the rows.</summary>
public sealed class SameListsTests
{
    [Theory]
    [InlineData(IdKind.Int32)]
    [InlineData(IdKind.Uuid)]
    [InlineData(IdKind.Text)]
    public async Task Both_stores_serve_the_same_lists_row_for_row(IdKind ids)
    {
        await using var embedded = await RefreshProject.ShopAsync(StoreProvider.Sqlite, ids: ids);
        await using var server = await RefreshProject.ShopAsync(StoreProvider.Postgres, ids: ids);

        var fromSqlite = await embedded.PublishAsync();
        var fromPostgres = await server.PublishAsync();

        Assert.Equal(3000, fromSqlite.Main.Length);
        Assert.Equal(312, fromSqlite.Similar.Length);
        Assert.NotEmpty(fromSqlite.Again);
        Assert.Equal(78, fromSqlite.Items.Length);
        Assert.Equal(fromSqlite.All, fromPostgres.All);
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite, StoreProvider.Postgres)]
    [InlineData(StoreProvider.Postgres, StoreProvider.Sqlite)]
    public async Task The_warehouse_may_be_in_one_store_and_the_releases_in_the_other(StoreProvider warehouse, StoreProvider serving)
    {
        await using var alone = await RefreshProject.ShopAsync(StoreProvider.Sqlite);
        await using var mixed = await RefreshProject.ShopAsync(warehouse, serving);

        var expected = await alone.PublishAsync();
        var found = await mixed.PublishAsync();

        Assert.Equal(expected.All, found.All);
    }

    [Fact]
    public async Task The_number_of_threads_changes_nothing()
    {
        var lists = new List<string[]>();
        foreach (string threads in (string[])["1", "2", "7"])
        {
            await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("threads", threads));
            lists.Add((await project.PublishAsync()).All);
        }

        Assert.Equal(lists[0], lists[1]);
        Assert.Equal(lists[0], lists[2]);
    }

    [Fact]
    public async Task Rows_delivered_in_another_order_change_nothing()
    {
        var shuffled = SomeShop.Events.Select((e, n) => (e, n)).OrderBy(row => CounterRandom.Bits(7, row.n, 0)).Select(row => row.e).ToList(
            );
        await using var first = await RefreshProject.ShopAsync();
        await using var second = await RefreshProject.ShopAsync(events: shuffled);

        var expected = await first.PublishAsync();
        var found = await second.PublishAsync();

        Assert.Equal(expected.All, found.All);
    }

    [Fact]
    public async Task Another_seed_gives_other_lists()
    {
        await using var first = await RefreshProject.ShopAsync();
        await using var second = await RefreshProject.ShopAsync(job: new ShopJob().With("seed", "43"));

        var expected = await first.PublishAsync();
        var found = await second.PublishAsync();

        Assert.NotEqual(expected.Main, found.Main);
        Assert.Equal(expected.Popular, found.Popular);
    }
}
