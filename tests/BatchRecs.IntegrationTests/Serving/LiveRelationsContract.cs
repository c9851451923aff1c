using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>How the columns of live relations are compared with published ids.</summary>
public abstract class LiveRelationsContract(StoreProvider provider) : StoreContract(provider)
{
    [Fact]
    public async Task The_again_list_keeps_what_the_user_took_and_loses_what_may_not_be_shown_now()
    {
        await ExecuteAsync("create table orders (customer bigint, article bigint)");
        await ExecuteAsync("create table stock (article bigint)");
        await ExecuteAsync("insert into orders (customer, article) values (0, 0), (0, 10)");
        await ExecuteAsync("insert into stock (article) values (10)");
        var ids = Some.Ids(IdKind.Int64);
        var taken = Some.Spec(again: true) with { Seen = new TakenItems("orders", "customer", "article") };
        await Releases.EnsureRecommenderAsync(taken, None);
        await using var writer = await Releases.BeginAsync("movies", Some.Start(), ids, ids, Now, None);
        await writer.WriteRecommendationsAsync(ReleaseTable.Again, Some.Batch(1, ids.Count, 2, 8), None);
        await writer.CompleteAsync("{}", None);
        await Releases.PublishAsync(writer.ReleaseId, Now, None);

        Assert.Equal(["0", "10"], (await Reader.AgainAsync("movies", "0", 5, None)).Select(row => row.ItemId));
        await Releases.EnsureRecommenderAsync(taken with { Eligible = new EligibleItems("stock", "article") }, None);
        Assert.Equal(["10"], (await Reader.AgainAsync("movies", "0", 5, None)).Select(row => row.ItemId));
    }

    [Fact]
    public async Task Live_ids_may_be_integers_of_another_width_and_the_relation_may_change()
    {
        await ExecuteAsync("create table orders (customer smallint, article integer)");
        await ExecuteAsync("create table stock (article integer)");
        await ExecuteAsync("insert into orders (customer, article) values (0, 10)");
        await ExecuteAsync("insert into stock (article) values (10), (20)");
        await PublishAsync(Some.Spec(), Some.Ids(IdKind.Int64));
        var narrow = Some.Spec() with
        {
            Seen = new TakenItems("orders", "customer", "article"),
            Eligible = new EligibleItems("stock", "article"),
        };

        await Releases.EnsureRecommenderAsync(narrow, None);
        Assert.Equal([(1, "20")], await ListAsync("0"));
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        Assert.Equal([(1, "0"), (2, "10"), (3, "20")], await ListAsync("0"));
    }

    [Fact]
    public async Task Uuids_in_capitals_in_a_live_relation_are_the_same_ids()
    {
        var ids = Some.Ids(IdKind.Uuid);
        await ExecuteAsync("create table orders (customer uuid, article uuid)");
        await ExecuteAsync("create table stock (article uuid)");
        foreach (int n in (int[])[0, 1, 2])
            await ExecuteAsync($"insert into stock (article) values ('{ids.ToText(n).ToUpperInvariant()}')");
        string user = ids.ToText(0), taken = ids.ToText(1);
        await ExecuteAsync($"insert into orders (customer, article) values ('{user.ToUpperInvariant()}', '{taken.ToUpperInvariant()}')");
        await PublishAsync(
            Some.Spec("movies", IdKind.Uuid) with
            {
                Seen = new TakenItems("orders", "customer", "article"),
                Eligible = new EligibleItems("stock", "article"),
            },
            ids);

        Assert.Equal([(1, ids.ToText(0)), (2, ids.ToText(2))], await ListAsync(user));
    }

    async Task<List<(int Rank, string Item)>> ListAsync(string user) =>
        [.. (await Reader.RecommendationsAsync("movies", user, 3, "all", None)).Select(row => (row.Rank, row.ItemId))];

    async Task PublishAsync(RecommenderSpec spec, IdMap ids)
    {
        await Releases.EnsureRecommenderAsync(spec, None);
        await Releases.PublishAsync(await Some.ReleaseAsync(Releases, spec.Name, ids, ids), Now, None);
    }
}

public sealed class SqliteLiveRelationsTests() : LiveRelationsContract(StoreProvider.Sqlite);

public sealed class PostgresLiveRelationsTests() : LiveRelationsContract(StoreProvider.Postgres);
