using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store.Extract;

namespace BatchRecs.IntegrationTests.Extract;

/// <summary>What an incremental extract sees, what waits for the next full one, and when it does not trust what is stored.</summary>
public abstract class IncrementalLimitsContract : ExtractAfterExtract
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_late_row_before_the_overlap_is_found_by_the_count_and_else_by_the_next_full_extract(bool counts, bool isSeen)
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime());
        await warehouse.RunAsync(Insert(9, "late", "2024-05-09T12:00:00Z"));

        var next = await ExtractAsync(warehouse, ByTime(), day: 1, counts: counts);
        var healed = await ExtractAsync(warehouse, ByTime(), day: 7, counts: counts);

        Assert.Equal(isSeen, Has(next, "late"));
        Assert.Equal(
            isSeen ? "sources[0] (events): 2 rows are stored up to where reading began, but the source now has 3 there" : null,
            next.FullBecause);
        Assert.True(Has(healed, "late"));
        Assert.Equal(isSeen ? null : "the last full extract is 7 days old (incremental.fullEvery)", healed.FullBecause);
    }

    [Fact]
    public async Task Without_a_watermark_column_a_change_before_the_overlap_waits_for_the_next_full_extract()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime());
        await warehouse.RunAsync("update events set item_id = 'changed' where row_id = 1");

        var next = await ExtractAsync(warehouse, ByTime(), day: 1);
        var healed = await ExtractAsync(warehouse, ByTime(), day: 7);

        Assert.Equal((null, false), (next.FullBecause, Has(next, "changed")));
        Assert.True(Has(healed, "changed"));
    }

    [Fact]
    public async Task With_a_watermark_column_a_change_is_seen_however_old_the_event()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByNumber());
        await warehouse.RunAsync("update events set item_id = 'changed', change_no = 5 where row_id = 1");

        var next = await ExtractAsync(warehouse, ByNumber(), day: 1);

        Assert.Null(next.FullBecause);
        Assert.Equal(["change_no 3"], next.Since);
        Assert.Equal((2, 2), (next.Report.RowsRead - next.Report.Stored, next.Report.Stored));
        Assert.Equal(["b", "c", "changed", "d"], next.Snapshot.Items.Texts.ToArray());
    }

    [Fact]
    public async Task A_listed_deletion_is_seen_however_old_the_event()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByNumber());
        await warehouse.RunAsync(
            "delete from events where row_id = 2", "insert into gone values (2, 5)", Insert(5, "e", "2024-06-01T00:00:00Z"));

        var next = await ExtractAsync(warehouse, ByNumber(), day: 1);

        Assert.Null(next.FullBecause);
        Assert.Equal(["a", "c", "d", "e"], next.Snapshot.Items.Texts.ToArray());
    }

    [Fact]
    public async Task A_deletion_that_is_not_listed_is_found_by_the_count()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByNumber());
        await warehouse.RunAsync("delete from events where row_id = 2");

        var next = await ExtractAsync(warehouse, ByNumber(), day: 1);

        Assert.Equal("sources[0] (events): 3 rows are stored up to where reading began, but the source now has 2 there", next.FullBecause);
        Assert.False(Has(next, "b"));
    }

    [Fact]
    public async Task A_table_that_was_restored_to_an_earlier_state_is_read_in_full()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime());
        await warehouse.RunAsync("delete from events where row_id = 4");

        var next = await ExtractAsync(warehouse, ByTime(), day: 1, counts: false);

        Assert.Equal(
            "sources[0] (events): the newest row of the last extract is gone (rows deleted, table emptied or restored)", next.FullBecause);
        Assert.False(Has(next, "d"));
    }

    [Fact]
    public async Task An_extract_of_the_past_is_full_and_leaves_what_is_stored()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime());
        var before = Stored;

        var past = await ExtractAsync(warehouse, ByTime(), day: -20, isBackfill: true);

        Assert.Equal("as-of is earlier than that of the stored rows, 2024-06-01T00:00:00Z", past.FullBecause);
        Assert.Equal(["a", "b"], past.Snapshot.Items.Texts.ToArray());
        Assert.Same(before, Stored);
    }

    [Fact]
    public async Task Columns_of_another_type_are_read_in_full()
    {
        await using var warehouse = await FilledAsync();
        await ExtractAsync(warehouse, ByTime());
        await warehouse.RunAsync(
            "drop table events",
            $"create table events (row_id bigint, user_id text, item_id text, at {TimeType}, value integer, change_no bigint)",
            Insert(4, "d", "2024-05-31T00:00:00Z"));

        var next = await ExtractAsync(warehouse, ByTime(), day: 1);

        Assert.Equal("sources[0] (events): the columns have other types than before, or the database is another one", next.FullBecause);
        Assert.Equal(["4"], next.Snapshot.Users.Texts.ToArray());
    }

    [Fact]
    public async Task Stored_bad_rows_count_for_as_long_as_they_are_inside_the_window()
    {
        await using var warehouse = await FilledAsync();
        await warehouse.RunAsync("insert into events values (6, null, 'x', '2024-05-03T00:00:00Z', null, 6)");
        await ExtractAsync(warehouse, ByTime());

        var next = await ExtractAsync(warehouse, ByTime(), day: 1);
        var later = await ExtractAsync(warehouse, ByTime(), day: 5);

        Assert.Equal((null, 1), (next.FullBecause, next.Report.BadRows));
        Assert.Equal(new Dictionary<string, long> { [BadReasons.UserNull] = 1 }, next.Report.Sources[0].Bad);
        Assert.Equal((null, 0), (later.FullBecause, later.Report.BadRows));
    }

    [Theory]
    [InlineData("update events set row_id = 1 where row_id = 3", "1 rows whose key another row has; expected a key that is unique. "
        + "Name the primary key, or take incremental out of the source: rows are then followed by the time of the event.")]
    [InlineData("update events set row_id = null where row_id > 2", "2 rows without a key; expected a key in every row. "
        + "Leave these rows out with a query, or name a column that is never null.")]
    public async Task Rows_that_cannot_be_told_apart_are_refused(string statement, string problem)
    {
        await using var warehouse = await FilledAsync();
        await warehouse.RunAsync(statement);

        var error = await Assert.ThrowsAsync<InputDataException>(() => ExtractAsync(warehouse, ByNumber()));

        Assert.Equal($"sources[0] (events), column row_id: found {problem}", error.Message);
    }

    [Theory]
    [InlineData("change_no", false, false, "an integer and no overlap; expected an overlap that says what the integer is. "
        + "Set incremental.overlap of the source: 10000 if the column counts up, 2d if it is a time in timeUnit.")]
    [InlineData("item_id", true, true, "type text and an overlap that is a number; expected an integer column, or a duration. "
        + "Write the overlap of a time as a duration, for example: overlap: 2d.")]
    public async Task A_watermark_of_the_wrong_type_is_refused(string column, bool isCounter, bool isGiven, string problem)
    {
        await using var warehouse = await FilledAsync();
        var source = ByNumber();
        source = source with { Changes = source.Changes! with { Watermark = column, IsCounter = isCounter, IsOverlapGiven = isGiven } };

        var error = await Assert.ThrowsAsync<InputDataException>(() => ExtractAsync(warehouse, source));

        Assert.Equal($"sources[0] (events), column {column}: found {problem}", error.Message);
    }

    [Fact]
    public async Task A_missing_column_of_the_deleted_rows_is_named()
    {
        await using var warehouse = await FilledAsync();
        var source = ByNumber();
        source = source with { Changes = source.Changes! with { Deleted = source.Changes.Deleted! with { Key = "id" } } };

        var error = await Assert.ThrowsAsync<InputDataException>(() => ExtractAsync(warehouse, source));

        Assert.StartsWith(
            "sources[0].incremental.deleted (gone), column id: found no such column", error.Message, StringComparison.Ordinal);
    }
}

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteIncrementalLimitsTests : IncrementalLimitsContract
{
    private protected override string TimeType => "text";

    private protected override Task<Warehouse> CreateAsync() => Task.FromResult(Warehouse.Sqlite());
}

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresIncrementalLimitsTests(PostgresFixture postgres) : IncrementalLimitsContract, IClassFixture<PostgresFixture>
{
    private protected override string TimeType => "timestamptz";

    private protected override Task<Warehouse> CreateAsync() => Warehouse.PostgresAsync(postgres);
}
