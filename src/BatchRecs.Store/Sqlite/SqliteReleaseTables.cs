using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Sqlite;

/// <summary>All releases share one table per kind of rows, keyed by release first; lists have a row per rank.</summary>
/// <remarks>Rows are removed in small steps, each its own transaction, so that other writers get their turn.</remarks>
sealed class SqliteReleaseTables : ReleaseTables
{
    const int RowsPerStep = 10_000;

    /// <inheritdoc/>
    public override Task PrepareAsync(Session session, CancellationToken token) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task CreateAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public override string LoadTarget(RecommenderNames names, ReleaseTable table, long releaseId) => names.Parent(table);

    /// <inheritdoc/>
    /// <remarks>The transaction holds the write lock of the file, so nobody loads.</remarks>
    public override Task WaitForLoadsAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public override int RowsOf(RecommendationBatch batch) => batch.Count;

    /// <inheritdoc/>
    public override async Task WriteListsAsync(RowLoader loader, ListRows rows, CancellationToken token)
    {
        var batch = rows.Batch;
        for (int n = 0; n < batch.Count; n++)
        {
            loader.StartRow();
            loader.Write(rows.ReleaseId);
            loader.WriteId(rows.Users, batch.Users[n]);
            loader.Write(batch.Ranks[n]);
            loader.WriteId(rows.Items, batch.Items[n]);
            loader.Write(batch.Scores[n]);
            loader.Write(batch.Sources[n]);
            loader.Write(batch.Reasons[n]);
            loader.WriteId(rows.Items, batch.Because[n]);
            await loader.EndRowAsync(token);
        }
    }

    /// <inheritdoc/>
    public override StoredLists ReadLists(RowReader rows, IdIndex users, IdIndex items) =>
        new RowStoredLists(rows, users, items, hasBecause: true);

    /// <inheritdoc/>
    public override Task SealAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        session.ExecuteAsync(new Statement("releases/analyze_table", names.Tokens.With("table", names.Parent(table))), token);

    /// <inheritdoc/>
    /// <remarks>The rows go with the table that all releases share.</remarks>
    public override Task DropAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task RemoveAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token)
    {
        var step = new Statement(
            "releases/remove_rows",
            names.Tokens.With("table", names.Parent(table)).With("leading", Database.Quote(table.Key[0])),
            new { releaseId, rows = RowsPerStep });
        while (await session.ExecuteAsync(step, token) > 0)
            token.ThrowIfCancellationRequested();
    }
}
