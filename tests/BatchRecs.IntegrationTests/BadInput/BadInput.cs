using BatchRecs.Core.Numerics;
using BatchRecs.IntegrationTests.Refresh;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>Something wrong, or merely odd, in the warehouse or in what a job names there, and how a run must end with it.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="ExitCode">The exit code of the run on PostgreSQL.</param>
/// <param name="Statements">Makes it, for PostgreSQL (true) or SQLite; null where the store cannot hold it.</param>
sealed record BadInput(string Name, int ExitCode, Func<bool, string[]?> Statements)
{
    /// <summary>Gets the exit code of the run on SQLite.</summary>
    public int SqliteExitCode { get; init; } = ExitCode;

    /// <summary>Gets what differs in the job; it reads the table <c>bad</c> and tolerates no bad row.</summary>
    public Func<ShopJob, ShopJob> Job { get; init; } = job => job;

    /// <summary>Gets the text of <c>jobs/queries/bad.sql</c>; null = there is no such file.</summary>
    public string? Query { get; init; }

    /// <summary>Creates something that is wrong in the same way on both stores.</summary>
    public static BadInput Both(string name, int exitCode, params string[] statements) => new(name, exitCode, _ => statements);

    /// <summary>Creates something that only PostgreSQL can hold.</summary>
    public static BadInput Postgres(string name, int exitCode, params string[] statements) =>
        new(name, exitCode, isPostgres => isPostgres ? statements : null);

    /// <summary>Creates something that only SQLite can hold.</summary>
    public static BadInput Sqlite(string name, int exitCode, params string[] statements) =>
        new(name, exitCode, isPostgres => isPostgres ? null : statements);

    /// <summary>Creates a query file that a source names.</summary>
    public static BadInput OfQuery(string name, int exitCode, string query) => Both(name, exitCode, BadTables.Copy) with
    {
        Query = query,
        Job = job => job.With("sources", $"[ {{ query: {BadTables.QueryPath}, {BadTables.Columns} }} ]"),
    };

    /// <summary>Returns this with one top-level key of the job replaced.</summary>
    public BadInput With(string key, string value) => this with { Job = job => Job(job).With(key, value) };

    /// <summary>Returns this with another table as the source.</summary>
    public BadInput From(string table) => With("sources", $"[ {{ table: {table}, {BadTables.Columns} }} ]");

    /// <summary>Returns the exit code of the run on a store.</summary>
    public int ExitCodeOn(bool isPostgres) => isPostgres ? ExitCode : SqliteExitCode;
}

/// <summary>The table that bad input is put into: a copy of the shop's events, and the user whom no message may name.</summary>
static class BadTables
{
    public const string User = "planted";
    public const string QueryPath = "jobs/queries/bad.sql";
    public const string Columns = "columns: { user: user_id, item: item_id, time: at, value: value, event: kind }";
    public const string Copy = "create table bad as select * from events";

    /// <summary>Removes what any case made.</summary>
    public static string[] Cleanup(bool isPostgres) => isPostgres
        ?
        [
            "drop schema if exists locked cascade", "drop view if exists bad_view cascade", "drop table if exists bad cascade",
            "drop table if exists more cascade",
        ]
        : ["drop view if exists bad_view", "drop table if exists bad", "drop table if exists more"];

    /// <summary>Returns a text that does not compress.</summary>
    public static string Long(int length) => string.Concat(
        Enumerable.Range(0, length).Select(n => (char)('a' + CounterRandom.Index(2026, n, 0, 26))));

    /// <summary>Adds a row; what is not named is good.</summary>
    public static string Row(
        string user = $"'{User}'", string item = "'00001'", string value = "null", string at = "'2026-02-01T00:00:00Z'") =>
        $"insert into bad values ({user}, {item}, 'view', {value}, {at})";

    /// <summary>Copies the events with some columns replaced by expressions.</summary>
    public static string CopyWith(string user = "user_id", string item = "item_id", string value = "value", string at = "at") =>
        $"create table bad as select {user} as user_id, {item} as item_id, kind, {value} as value, {at} as at from events as e";
}
