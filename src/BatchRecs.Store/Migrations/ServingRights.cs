using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.Store.Migrations;

/// <summary>Looks at whether a run could write to a serving store, without writing.</summary>
public static class ServingRights
{
    /// <summary>Says what the connected role lacks.</summary>
    /// <param name="serving">The store.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>A line for each thing; empty if nothing is missing.</returns>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    public static async Task<IReadOnlyList<string>> MissingAsync(Database serving, CancellationToken token)
    {
        if (serving is SqliteDatabase { Exists: false } file)
            return file.CannotBeMade is { } reason ? [reason] : [];
        await using var session = await serving.StartAsync(readOnly: true, token);
        if (serving is SqliteDatabase existing)
            return existing.CannotBeWritten is { } refusal ? [refusal] : [];
        return await session.QueryAsync<string>(
            new Statement(
                "rights/missing", serving.FixedTokens(), new { @internal = serving.Names.Internal, contract = serving.Names.Contract }),
            token);
    }

    /// <summary>Looks at a live relation with the rights that the views will have.</summary>
    /// <exception cref="StoreException">It does not exist or may not be read.</exception>
    public static async Task LookAsync(Database serving, string relation, CancellationToken token)
    {
        await using var session = await serving.StartAsync(readOnly: true, token);
        await session.FindAsync<long>(
            new Statement("serving/check_view", serving.FixedTokens().With("view", Database.QuoteQualified(relation))), token);
    }
}
