using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Extract;
using static BatchRecs.IntegrationTests.Extract.ExtractTestData;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What looking at sources, and reading catalogs and exclusions, promise on every store.</summary>
public abstract class SourceContract
{
    /// <summary>Type of a time column whose values say their zone.</summary>
    protected abstract string TimeType { get; }

    private protected abstract Task<Warehouse> CreateAsync();

    async Task<Warehouse> CreateFilledAsync()
    {
        var warehouse = await CreateAsync();
        await warehouse.RunAsync(
            $"create table events (user_id bigint, item_id text, at {TimeType}, blob_id {BlobType})",
            """
            insert into events (user_id, item_id, at) values
                (1, 'a', '2024-01-01T00:00:00Z'), (1, 'b', '2024-01-01T00:00:00Z'), (2, 'b', '2024-01-02T00:00:00Z')
            """);
        return warehouse;
    }

    /// <summary>A type that cannot hold ids.</summary>
    protected abstract string BlobType { get; }

    [Fact]
    public async Task A_sound_source_is_counted()
    {
        await using var warehouse = await CreateFilledAsync();
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var findings = await SourceProbe.LookAsync(session, Source(), CancellationToken.None);

        Assert.Empty(findings.Problems);
        Assert.Equal((3, 2, 2, true), (findings.Rows, findings.Users, findings.Items, findings.IsExact));
        Assert.Equal((IdKind.Int64, IdKind.Text), (findings.UserKind, findings.ItemKind));
    }

    [Fact]
    public async Task A_missing_column_is_named_beside_those_that_exist_and_the_session_stays_usable()
    {
        await using var warehouse = await CreateFilledAsync();
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var findings = await SourceProbe.LookAsync(session, Source() with { User = "userid", Time = "when" }, CancellationToken.None);

        Assert.Equal(
            ["sources[0] (events), column userid", "sources[0] (events), column when"], findings.Problems.Select(problem => problem.Where));
        Assert.Equal("no such column among user_id, item_id, at, blob_id", findings.Problems[0].Found);
        Assert.Empty((await SourceProbe.LookAsync(session, Source(), CancellationToken.None)).Problems);
    }

    [Fact]
    public async Task A_missing_table_and_broken_sql_are_problems_and_not_crashes()
    {
        await using var warehouse = await CreateFilledAsync();
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var missing = await SourceProbe.LookAsync(session, Source("nowhere"), CancellationToken.None);
        var broken = await SourceProbe.LookAsync(
            session, Source() with { Relation = SourceRelation.Query("select from from", "q.sql") }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<InputDataException>(() => ReadAsync(warehouse, Request(Source("nowhere"))));

        Assert.StartsWith("no such table", Assert.Single(missing.Problems).Found);
        Assert.StartsWith("SQL that the store does not understand", Assert.Single(broken.Problems).Found);
        Assert.StartsWith("sources[0] (nowhere): found no such table", error.Message);
    }

    [Fact]
    public async Task Columns_that_can_be_no_id_time_or_value_are_refused_with_a_remedy()
    {
        await using var warehouse = await CreateFilledAsync();
        await warehouse.RunAsync(
            "create table odd (user_id double precision, item_id text, at double precision, value text)",
            "insert into odd values (1.5, 'a', 1.5, 'x')");

        var error = await Assert.ThrowsAsync<InputDataException>(
            () => ReadAsync(warehouse, Request(Source("odd") with { Value = "value" })));

        Assert.Contains(
            "column user_id: found user ids of type double precision; expected smallint, int, bigint, uuid, text or varchar.",
            error.Message);
        Assert.Contains("sources[0] (odd), column at: found a time of type double precision", error.Message);
        Assert.Contains("sources[0] (odd), column value: found a value of type text; expected a number.", error.Message);
        Assert.Contains("cast(user_id as text)", error.Message);
    }

    [Fact]
    public async Task Titles_and_categories_follow_the_order_of_the_items()
    {
        await using var warehouse = await CreateFilledAsync();
        await warehouse.RunAsync(
            "create table items (id text, title text, genres text)",
            "insert into items values ('b', ' Second ', 'Drama| Crime||Drama'), ('unknown', 'x', 'Horror'), (null, 'y', 'Horror'), ('b', 'Zweiter', 'War')");
        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var catalog = await ItemReader.ReadAsync(session, Items(), snapshot.Items, CancellationToken.None);
        var whole = await ItemReader.ReadAsync(
            session, Items() with { Separator = null, Title = null }, snapshot.Items, CancellationToken.None);

        Assert.Equal<string?[]>([null, "Second"], catalog.Titles);
        Assert.Equal(["Crime", "Drama", "War"], catalog.CategoryNames);
        Assert.Equal([], catalog.CategoriesOf(0).ToArray());
        Assert.Equal([0, 1, 2], catalog.CategoriesOf(1).ToArray());
        Assert.Equal(2, catalog.RowsWithoutEvents);
        Assert.Equal(["Drama| Crime||Drama", "War"], whole.CategoryNames);
        Assert.Equal<string?[]>([null, null], whole.Titles);
    }

    [Fact]
    public async Task Exclusions_name_items_and_pairs_and_count_what_is_unknown()
    {
        await using var warehouse = await CreateFilledAsync();
        await warehouse.RunAsync(
            "create table hidden (id text)", "insert into hidden values ('b'), ('b'), ('gone'), (null)",
            "create table blocked (u bigint, i text, note text)",
            "insert into blocked values (2, 'b', 'x'), (2, 'a', 'x'), (2, 'a', 'again'), (9, 'a', 'x')");
        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);

        var lists = await ExclusionReader.ReadAsync(
            session, Query("select id from hidden"), Query("select u, i, note from blocked"), snapshot, CancellationToken.None);
        var none = await ExclusionReader.ReadAsync(session, items: null, pairs: null, snapshot, CancellationToken.None);
        var error = await Assert.ThrowsAsync<InputDataException>(
            () => ExclusionReader.ReadAsync(session, Query("select u from blocked"), pairs: null, snapshot, CancellationToken.None));
        var tooFew = await Assert.ThrowsAsync<InputDataException>(
            () => ExclusionReader.ReadAsync(session, items: null, Query("select id from hidden"), snapshot, CancellationToken.None));

        Assert.Equal<bool[]>([false, true], lists.Ineligible!);
        Assert.Equal([0, 0, 2], lists.RowPtr);
        Assert.Equal([0, 1], lists.ItemIndex);
        Assert.Equal(3, lists.UnknownRows);
        Assert.Null(none.Ineligible);
        Assert.Empty(none.ItemIndex);
        Assert.Contains("found item ids that are integers", error.Message);
        Assert.Contains("found 1 column; expected two columns", tooFew.Message);
    }

    [Fact]
    public async Task Groups_of_users_follow_the_order_of_the_users_and_know_nobody_else()
    {
        await using var warehouse = await CreateFilledAsync();
        await warehouse.RunAsync(
            "create table customers (id bigint, country text)",
            "insert into customers values (2, 'NL'), (2, 'DE'), (1, null), (77, 'FR'), (null, 'FR')");
        var (snapshot, _) = await ReadAsync(warehouse, Request(Source()));
        await using var session = await SourceSession.OpenAsync(warehouse.Database, CancellationToken.None);
        var source = new SegmentSource("evaluate.segments (customers)", SourceRelation.Table("customers"), "id", "country");

        var segments = await SegmentReader.ReadAsync(session, source, snapshot.Users, CancellationToken.None);
        var error = await Assert.ThrowsAsync<InputDataException>(
            () => SegmentReader.ReadAsync(session, source with { User = "country" }, snapshot.Users, CancellationToken.None));

        Assert.Equal(["DE", "NL"], segments.Names);
        Assert.Equal([-1, 0], segments.OfUser);
        Assert.Contains("found user ids that are text", error.Message);
    }

    static ItemSource Items() => new()
    {
        Label = "items (items)",
        Relation = SourceRelation.Table("items"),
        Item = "id",
        Title = "title",
        Categories = "genres",
        Separator = "|",
    };

    static ExclusionSource Query(string sql) => new("exclude (q.sql)", SourceRelation.Query(sql, "q.sql"));
}
