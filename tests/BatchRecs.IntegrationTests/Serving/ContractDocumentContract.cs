using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Releases;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>The catalogue of a store is what the page on the serving contract says, to the letter.</summary>
public abstract class ContractDocumentContract(StoreProvider provider) : StoreContract(provider)
{
    protected const string UserType = "bigint";
    protected const string ItemType = "text";

    [Fact]
    public async Task Every_object_has_the_documented_columns_in_the_documented_order_with_the_documented_types()
    {
        await PublishAsync();
        var documented = ContractDocument.Objects();

        Assert.Equal(
            [
                "movies_again", "movies_exploration", "movies_items", "movies_popular", "movies_recommendations", "movies_similar_items",
                "releases",
            ],
            documented.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, columns) in documented)
        {
            var catalogue = await CatalogueAsync(name);
            Assert.Equal(
                columns.Select(column => (name, column.Name, TypeOf(column))),
                catalogue.Select(column => (name, column.Name, column.Type)));
        }
    }

    protected abstract string TypeOf(ContractColumn column);

    /// <summary>Returns the columns of a view, in order.</summary>
    protected abstract Task<IReadOnlyList<(string Name, string Type)>> CatalogueAsync(string view);

    protected sealed record Column
    {
        public string Name { get; init; } = "";

        public string Type { get; init; } = "";
    }

    /// <summary>Publishes two releases with rows of every kind, so that every column has a value in some row.</summary>
    async Task PublishAsync()
    {
        var users = Some.Ids(IdKind.Int64);
        var items = Some.Ids(IdKind.Text);
        var again = Some.Batch(3, items.Count, 1, 1);
        await Releases.EnsureRecommenderAsync(
            new RecommenderSpec("movies", IdKind.Int64, IdKind.Text, HasAgain: true, HasExploration: true), None);
        foreach (int hour in (int[])[1, 2])
        {
            await using var writer = await Releases.BeginAsync("movies", Some.Start(), users, items, Now, None);
            await writer.WriteRecommendationsAsync(ReleaseTable.Main, Some.Batch(3, items.Count, 1, 1), None);
            await writer.WriteRecommendationsAsync(ReleaseTable.Again, again, None);
            await writer.WriteExplorationAsync([new ExploredRow(0, 1, 0, 0.25, 4, 0.5, 1)], "new t=0.25 u=0.1", None);
            await writer.WriteSimilarAsync([new SimilarItem(0, 1, 1, 0.5, "als")], None);
            await writer.WritePopularAsync([new PopularItem("all", "popular", 1, 0, 0.5)], None);
            await writer.WriteItemsAsync([new ItemStatistics(0, 1, 0.5, 0.5, 1)], None);
            await writer.CompleteAsync("{}", None);
            await Releases.PublishAsync(writer.ReleaseId, Now.AddHours(hour), None);
        }
    }
}

public sealed class PostgresContractDocumentTests() : ContractDocumentContract(StoreProvider.Postgres)
{
    [Fact]
    public async Task The_functions_are_the_documented_ones()
    {
        await Releases.EnsureRecommenderAsync(new RecommenderSpec("movies", IdKind.Int64, IdKind.Text), None);

        var functions = await QueryAsync<string>(
            """
            select p.proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid)
            from pg_proc p
            where p.pronamespace = 'recs'::regnamespace
            order by 1
            """);

        Assert.Equal(
            [
                "contract_version() returns integer",
                "movies_for(user_id bigint, n integer DEFAULT 10, segment text DEFAULT 'all'::text) " +
                "returns SETOF recs.movies_recommendations",
            ],
            functions);
        Assert.Contains(
            "`recs.movies_for(user_id, n integer default 10, segment text default 'all')`",
            ContractDocument.Text,
            StringComparison.Ordinal);
        Assert.Contains("`recs.contract_version()` returns `1`", ContractDocument.Text, StringComparison.Ordinal);
    }

    protected override string TypeOf(ContractColumn column) => column.Postgres switch
    {
        "user id" => UserType,
        "item id" => ItemType,
        string type => type,
    };

    protected override async Task<IReadOnlyList<(string Name, string Type)>> CatalogueAsync(string view) =>
        [.. (await QueryAsync<Column>(
            """
            select column_name as name, data_type as type
            from information_schema.columns
            where table_schema = 'recs' and table_name = @view
            order by ordinal_position
            """,
            new { view })).Select(column => (column.Name, column.Type))];
}

public sealed class SqliteContractDocumentTests() : ContractDocumentContract(StoreProvider.Sqlite)
{
    [Fact]
    public async Task The_query_that_stands_for_the_function_is_the_documented_one()
    {
        await Releases.EnsureRecommenderAsync(new RecommenderSpec("movies", IdKind.Int64, IdKind.Text), None);

        string query = await Reader.RecommendationsQueryAsync("movies", None);

        Assert.Contains(query[(query.IndexOf('\n', StringComparison.Ordinal) + 1)..], ContractDocument.Text, StringComparison.Ordinal);
    }

    protected override string TypeOf(ContractColumn column) => column.Sqlite switch
    {
        "user id" => "integer",
        "item id" => "text",
        string type => type,
    };

    /// <summary>Columns of SQLite have no fixed types, so the types are those of the values in the oldest row.</summary>
    protected override async Task<IReadOnlyList<(string Name, string Type)>> CatalogueAsync(string view)
    {
        var names = await QueryAsync<string>("select name from pragma_table_info(@view) order by cid", new { view });
        var columns = new List<(string Name, string Type)>();
        foreach (string name in names)
            columns.Add((name, (await QueryAsync<string>($"select typeof({name}) from {view} where {name} is not null limit 1")).Single()));
        return columns;
    }
}
