using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Quarantine;

/// <summary>Keeps rows that runs could not use: a sample per run, source and reason, for as long as the ledger keeps the run.</summary>
/// <param name="database">The store of the ledger; its migrations are applied.</param>
public sealed class QuarantineTable(Database database)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Keeps the rows of a run; what an earlier attempt of it left is replaced.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="recommender">Its recommender.</param>
    /// <param name="rejected">Rows that it rejected.</param>
    /// <param name="at">Now.</param>
    /// <param name="token">Cancels; nothing is kept then.</param>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task SaveAsync(
        long runId, string recommender, IReadOnlyList<QuarantinedRow> rejected, DateTimeOffset at, CancellationToken token)
    {
        var rows = rejected.Select((row, position) => new
        {
            runId,
            position,
            recommender,
            source = row.Source,
            reason = row.Reason,
            ofRows = row.OfRows,
            column = row.Column,
            user = row.User,
            item = row.Item,
            time = row.Time,
            value = row.Value,
            at,
        }).ToArray();
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        await session.ExecuteAsync(new Statement("quarantine/clear", _tokens, new { runId }), token);
        await session.ExecuteAsync(new Statement("quarantine/insert", _tokens, rows), token);
        await session.CommitAsync(token);
    }

    /// <summary>Lists rows that a run could not use, in the order in which it met them.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="StoreException">The store refused.</exception>
    public async Task<IReadOnlyList<QuarantinedRow>> ListAsync(long runId, int limit, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<QuarantinedRow>(new Statement("quarantine/list", _tokens, new { runId, limit }), token);
    }
}
