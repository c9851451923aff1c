using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.SoakTests.Support;

/// <summary>The shop of the loops: the generated one, smaller or larger, with exclusions and live relations; data of two nights.</summary>
static class SoakData
{
    const IdKind Ids = IdKind.Text;

    /// <summary>A moment after the newest event, as the command line takes it.</summary>
    public const string AsOf = "2026-03-01T00:00:00Z";

    /// <summary>The second state has the events after this moment too.</summary>
    static readonly DateTimeOffset Night = SomeShop.Until.AddDays(-10);

    /// <summary>Returns the statements that make the tables with what was known on the first night.</summary>
    /// <param name="provider">The store.</param>
    /// <param name="users">How many users there are.</param>
    public static IEnumerable<string> First(StoreProvider provider, int users) =>
    [
        .. SomeShop.Statements(Ids, provider == StoreProvider.Postgres, [.. Events(users).Where(e => e.At <= Night)]),
        "create table stock (item_id text primary key)",
        "insert into stock select item_id from items where item_id <> '00011'",
        "create table bought (user_id text, item_id text)",
        "insert into bought values ('00001', '00001'), ('00001', '00005'), ('00002', '00002')",
        "create table hidden (item_id text)",
        "insert into hidden values ('00017')",
        "create table refused (user_id text, item_id text)",
        "insert into refused values ('00003', '00003'), ('00004', '00008')",
    ];

    /// <summary>Returns the statements that bring in what came until the second night.</summary>
    /// <param name="users">How many users there are.</param>
    public static IEnumerable<string> Second(int users) => SomeShop.Inserts(Ids, [.. Events(users).Where(e => e.At > Night)]);

    /// <summary>Writes the job, with everything that a refresh can do.</summary>
    /// <param name="root">Folder of the project.</param>
    /// <param name="measures">True = every run measures; else only the first.</param>
    public static void WriteJob(string root, bool measures)
    {
        Directory.CreateDirectory(Path.Combine(root, "jobs", "queries"));
        File.WriteAllText(Path.Combine(root, "jobs/queries/hidden.sql"), "select item_id from hidden\n");
        File.WriteAllText(Path.Combine(root, "jobs/queries/refused.sql"), "select user_id, item_id from refused\n");
        var job = new ShopJob()
            .With("exclude", "{ items: jobs/queries/hidden.sql, pairs: jobs/queries/refused.sql }")
            .With("live", "{ eligible: { table: stock, item: item_id }, seen: { table: bought, user: user_id, item: item_id } }")
            .With("evaluate", $"{{ when: {(measures ? "nightly" : "onChange")}, holdout: 20%, at: [5, 10] }}")
            .With("publish", "{ keepReleases: 1 }");
        File.WriteAllText(Path.Combine(root, SoakShop.JobPath), job.ToString());
    }

    /// <summary>Takes as many users as asked for: the first ones of the shop, or all of them several times over.</summary>
    static IEnumerable<ShopEvent> Events(int users) =>
        from copy in Enumerable.Range(0, (users + SomeShop.Users - 1) / SomeShop.Users)
        from e in SomeShop.Events
        let user = e.User + (copy * SomeShop.Users)
        where user < users
        select e with { User = user, At = e.At.AddMinutes(-copy) };
}
