using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Ledger;

/// <summary>Entries of a recommender in the ledger that are old.</summary>
/// <param name="Runs">Ids of ended runs; the newest, and those whose release is still there, are never among them.</param>
/// <param name="Evaluations">Ids of measurements; the newest is never among them.</param>
public sealed record OldEntries(IReadOnlyList<long> Runs, IReadOnlyList<long> Evaluations);

/// <summary>Finds and removes old entries of the ledger.</summary>
/// <remarks>Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The store; its migrations are applied.</param>
public sealed class LedgerRetention(Database database)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Lists the recommenders that have runs, in the order of the store.</summary>
    public async Task<IReadOnlyList<string>> RecommendersAsync(CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<string>(new Statement("ledger/list_recommenders", _tokens), token);
    }

    /// <summary>Finds what is older than a moment.</summary>
    public async Task<OldEntries> FindAsync(string recommender, DateTimeOffset before, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        object arguments = new { recommender, before };
        return new OldEntries(
            await session.QueryAsync<long>(new Statement("ledger/find_old_runs", _tokens, arguments), token),
            await session.QueryAsync<long>(new Statement("ledger/find_old_evaluations", _tokens, arguments), token));
    }

    /// <summary>Removes entries, runs with their stages, in one transaction.</summary>
    public async Task RemoveAsync(OldEntries entries, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        foreach (long runId in entries.Runs)
        {
            await session.ExecuteAsync(new Statement("ledger/delete_stages", _tokens, new { runId }), token);
            await session.ExecuteAsync(new Statement("ledger/delete_run", _tokens, new { runId }), token);
        }
        foreach (long evaluationId in entries.Evaluations)
            await session.ExecuteAsync(new Statement("ledger/delete_evaluation", _tokens, new { evaluationId }), token);
        await session.CommitAsync(token);
    }
}
