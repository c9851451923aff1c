using System.Data;
using System.Data.Common;
using System.Diagnostics;
using BatchRecs.Core.Numerics;
using BatchRecs.Store;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BatchRecs.SoakTests.Support;

/// <summary>
/// An application that reads lists without a pause, and checks that all rows of a statement are one complete list of one release. With
/// a transaction around its statements it checks that all of them see the same release.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="sql">Its questions.</param>
/// <param name="number">Number of the reader; decides which users it asks for, and whether it reads in transactions.</param>
sealed class LoadReader(Database store, LoadQuestions sql, int number)
{
    const ulong Seed = 3;

    readonly List<TimeSpan> _times = [];
    readonly List<string> _wrong = [];

    /// <summary>Gets how long the statements that read a user's list took.</summary>
    public IReadOnlyList<TimeSpan> Times => _times;

    /// <summary>Gets the reads that were not one complete list of one release.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Gets the releases that were seen.</summary>
    public SortedSet<long> Releases { get; } = [];

    /// <summary>Reads until <paramref name="goesOn"/> says no; it is asked with the number of rounds so far.</summary>
    public async Task ReadAsync(Func<int, bool> goesOn)
    {
        await using var connection = await store.OpenAsync(readOnly: true, CancellationToken.None);
        for (int round = 0; goesOn(round); round++)
        {
            long user = LoadQuestions.UserAt(CounterRandom.Index(Seed, number, round, sql.Users));
            await using var transaction = number % 2 == 0 ? null : await BeginAsync(connection);
            long release = await ListAsync(connection, transaction, sql.List, user);
            long other = await ListAsync(connection, transaction, sql.Function, user);
            long whole = await WholeAsync(connection, transaction);
            if (transaction is not null && (release != other || release != whole))
                _wrong.Add($"one transaction saw releases {release}, {other} and {whole}");
        }
    }

    static async Task<DbTransaction> BeginAsync(DbConnection connection) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: true)
        : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);

    async Task<long> ListAsync(DbConnection connection, DbTransaction? transaction, string question, long user)
    {
        long started = Stopwatch.GetTimestamp();
        var rows = (await connection.QueryAsync<ListRow>(question, new { user, n = sql.Length }, transaction)).AsList();
        _times.Add(Stopwatch.GetElapsedTime(started));
        var releases = rows.Select(row => row.ReleaseId).Distinct().ToList();
        if (!rows.Select(row => row.Rank).SequenceEqual(Enumerable.Range(1, sql.Length)) || releases.Count != 1)
            _wrong.Add($"user {user}: {rows.Count} rows of releases {string.Join(", ", releases)}");
        else if (rows.Any(row => row.Score != sql.ScoreOf(releases[0])))
            _wrong.Add($"user {user}: scores of another release than {releases[0]}");
        return Seen(releases);
    }

    async Task<long> WholeAsync(DbConnection connection, DbTransaction? transaction)
    {
        var seen = (await connection.QueryAsync<WholeRow>(sql.Whole, transaction: transaction)).AsList();
        var releases = seen.Select(row => row.ReleaseId).Distinct().ToList();
        if (releases.Count != 1 || !seen.Select(row => row.Rows).SequenceEqual(sql.WholeCounts))
            _wrong.Add($"all views: {string.Join(", ", seen.Select(row => $"{row.Rows} rows of release {row.ReleaseId}"))}");
        return Seen(releases);
    }

    long Seen(List<long> releases)
    {
        Releases.UnionWith(releases);
        return releases.Count == 1 ? releases[0] : -1;
    }

    sealed record ListRow
    {
        public int Rank { get; init; }

        public double Score { get; init; }

        public long ReleaseId { get; init; }
    }

    sealed record WholeRow
    {
        public long ReleaseId { get; init; }

        public long Rows { get; init; }
    }
}
