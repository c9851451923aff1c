using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;
using Npgsql;

namespace BatchRecs.Store.Postgres;

/// <summary>Each release has its own tables: loaded without an index, then indexed, analysed and attached as list partitions.</summary>
/// <remarks>
/// Lists have a row per user, with arrays in the order of ranks: docs/benchmarks/store.md has what that brings.
/// Removing a release drops whole tables, so nothing bloats and nothing needs a vacuum.
/// </remarks>
sealed class PostgresReleaseTables : ReleaseTables
{
    /// <inheritdoc/>
    public override Task PrepareAsync(Session session, CancellationToken token) =>
        session.ExecuteAsync(new Statement("releases/prefer_lz4", session.Database.FixedTokens()), token);

    /// <inheritdoc/>
    public override async Task CreateAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token)
    {
        await session.ExecuteAsync(new Statement("releases/create_table", TokensOf(names, table, releaseId)), token);
    }

    /// <inheritdoc/>
    public override string LoadTarget(RecommenderNames names, ReleaseTable table, long releaseId) => names.Child(table, releaseId);

    /// <inheritdoc/>
    public override Task WaitForLoadsAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        session.ExecuteAsync(new Statement("releases/wait_for_loads", TokensOf(names, table, releaseId)), token);

    /// <inheritdoc/>
    public override int RowsOf(RecommendationBatch batch) => batch.Ranks.AsSpan(0, batch.Count).Count(1);

    /// <inheritdoc/>
    public override async Task WriteListsAsync(RowLoader loader, ListRows rows, CancellationToken token)
    {
        var lists = (PostgresRowLoader)loader;
        var batch = rows.Batch;
        for (int start = 0, end; start < batch.Count; start = end)
        {
            end = start + 1;
            while (end < batch.Count && batch.Users[end] == batch.Users[start])
                end++;
            lists.StartRow();
            lists.Write(rows.ReleaseId);
            lists.WriteId(rows.Users, batch.Users[start]);
            lists.WriteIds(rows.Items, batch.Items.AsSpan(start..end));
            lists.Write(batch.Scores[start..end]);
            lists.Write(batch.Sources[start..end]);
            lists.Write(batch.Reasons[start..end]);
            lists.WriteIds(rows.Items, batch.Because.AsSpan(start..end));
            await lists.EndRowAsync(token);
        }
    }

    /// <inheritdoc/>
    public override StoredLists ReadLists(RowReader rows, IdIndex users, IdIndex items) => new PostgresStoredLists(rows, users, items);

    /// <inheritdoc/>
    /// <remarks>
    /// A backup locks every table that it finds, this one too, for as long as it runs. What only touches this table waits for that;
    /// what locks the parent is given up soon and tried again.
    /// </remarks>
    public override async Task SealAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token)
    {
        var tokens = TokensOf(names, table, releaseId);
        await session.BeginAsync(token);
        await session.ExecuteAsync(new Statement("releases/wait_for_table", tokens), token);
        var key = tokens.With("key", table.IsList ? Database.Quote("user_id") : string.Join(", ", table.Key.Select(Database.Quote)));
        await session.ExecuteAsync(new Statement("releases/index_table", key), token);
        await session.ExecuteAsync(new Statement(table.IsList ? "releases/analyze_list" : "releases/analyze_table", key), token);
        await session.CommitAsync(token);

        var release = tokens.With("release", releaseId.ToString(CultureInfo.InvariantCulture));
        await session.Database.Retry.LocksAsync(
            $"attaching {names.Child(table, releaseId)}",
            () => LockHolders.RunAsync(session.Database, () => AttachAsync(session, tokens, release, token), token),
            token);
    }

    static async Task<int> AttachAsync(Session session, Tokens tokens, Tokens release, CancellationToken token)
    {
        await session.BeginAsync(token);
        await session.ExecuteAsync(new Statement("releases/wait_for_table", tokens), token);
        int changed = await session.ExecuteAsync(new Statement("releases/attach_table", release), token);
        await session.CommitAsync(token);
        return changed;
    }

    /// <inheritdoc/>
    public override async Task RemoveAsync(
        Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token)
    {
        var tokens = TokensOf(names, table, releaseId);
        string? state = await session.FindAsync<string>(
            new Statement("releases/table_state", tokens, new { table = names.Child(table, releaseId) }), token);
        if (state == "attached")
            await DetachAsync(session, tokens, token);
        else if (state == "pending")
            await session.ExecuteAsync(new Statement("releases/finalize_table", tokens), token);
        await session.ExecuteAsync(new Statement("releases/remove_rows", tokens), token);
    }

    /// <summary>
    /// Takes a table out of its parent, from which only one can be on its way out at a time: the next waits until that one's readers
    /// are done.
    /// </summary>
    static async Task DetachAsync(Session session, Tokens tokens, CancellationToken token)
    {
        try
        {
            await session.ExecuteAsync(new Statement("releases/detach_table", tokens), token);
        }
        catch (StoreException busy) when (busy.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            throw new StoreException(busy.Message, busy, isTransient: true)
            {
                Statement = busy.Statement,
                SqlState = busy.SqlState,
                Table = busy.Table,
            };
        }
    }

    /// <inheritdoc/>
    public override Task DropAsync(Session session, RecommenderNames names, ReleaseTable table, long releaseId, CancellationToken token) =>
        session.ExecuteAsync(new Statement("releases/remove_rows", TokensOf(names, table, releaseId)), token);

    static Tokens TokensOf(RecommenderNames names, ReleaseTable table, long releaseId) => names.Tokens
        .With("parent", names.Parent(table))
        .With("table", names.Child(table, releaseId));
}
