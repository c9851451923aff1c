using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.IntegrationTests.Store;

/// <summary>What the quarantine of rejected rows promises on every store.</summary>
public abstract class QuarantineContract(StoreProvider provider) : StoreContract(provider)
{
    const string Source = "sources[0] (events)";

    [Fact]
    public async Task Rows_are_listed_as_they_were_met_each_with_the_number_of_its_like()
    {
        long run = await RunAsync();
        var other = Row("v") with { Reason = BadReasons.TimeNull };
        var rejected = Rejected(perReason: 2, [.. Enumerable.Range(1, 5).Select(n => Row($"u{n}")), other]);

        await Table.SaveAsync(run, "movies", rejected.Rows, Now, None);
        var rows = await Table.ListAsync(run, 10, None);

        Assert.Equal(
            [Row("u1") with { OfRows = 5 }, Row("u2") with { OfRows = 5 }, other with { OfRows = 1 }], rows);
        Assert.Single(await Table.ListAsync(run, 1, None));
        Assert.Empty(await Table.ListAsync(run + 1, 10, None));
    }

    [Fact]
    public async Task A_repeated_attempt_of_a_run_replaces_what_the_first_one_left()
    {
        long run = await RunAsync();
        await Table.SaveAsync(run, "movies", Rejected(9, Row("first"), Row("second")).Rows, Now, None);

        await Table.SaveAsync(run, "movies", Rejected(9, Row("only")).Rows, Now, None);

        Assert.Equal("only", Assert.Single(await Table.ListAsync(run, 10, None)).User);
    }

    /// <summary>PostgreSQL takes no NUL in text and no long texts in indexes; user ids are indexed, so that they can be erased.</summary>
    [Fact]
    public async Task What_a_store_cannot_hold_is_escaped_or_cut_and_ids_stay_as_they_are()
    {
        long run = await RunAsync();
        string longest = string.Concat(Enumerable.Repeat("😀", 250));

        await Table.SaveAsync(
            run, "movies", Rejected(9, Row("a\0b"), Row(longest), Row(longest + "x"), Row("'; drop table x; --\n")).Rows, Now, None);

        Assert.Equal(
            ["a\\0b", longest, longest[..200] + "…", "'; drop table x; --\n"],
            (await Table.ListAsync(run, 10, None)).Select(row => row.User));
    }

    [Fact]
    public async Task The_rows_go_with_their_run()
    {
        long run = await RunAsync();
        await Table.SaveAsync(run, "movies", Rejected(9, Row("u")).Rows, Now, None);

        await ExecuteAsync($"delete from {Internal("runs")} where run_id = {run}");

        Assert.Empty(await Table.ListAsync(run, 10, None));
    }

    QuarantineTable Table => new(Store);

    async Task<long> RunAsync()
    {
        var run = new RunStart("movies", "jobs/movies.yaml", "hash", "kind: refresh\n", Now, AsOfGiven: false, "test", LockOwner.New());
        return (await Ledger.StartAsync(run, Now, None)).RunId;
    }

    static QuarantinedRow Row(string user) =>
        new(Source, BadReasons.ItemNull, OfRows: 0, "item_id", StoredText.ToKeep(user), Item: null, "2024-01-01", "5");

    static RejectedRows Rejected(int perReason, params QuarantinedRow[] rows)
    {
        var rejected = new RejectedRows(perReason);
        foreach (var row in rows)
            if (rejected.Count(row.Source, row.Reason))
                rejected.Keep(row);
        return rejected;
    }
}

public sealed class SqliteQuarantineTests() : QuarantineContract(StoreProvider.Sqlite);

public sealed class PostgresQuarantineTests() : QuarantineContract(StoreProvider.Postgres);
