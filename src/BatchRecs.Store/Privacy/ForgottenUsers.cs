using System.Security.Cryptography;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Privacy;

/// <summary>Remembers whom one recommender must not take in again, without knowing who they are.</summary>
/// <remarks>Every method throws <see cref="StoreException"/> if the store refuses.</remarks>
/// <param name="database">The serving store.</param>
/// <param name="recommender">Name of the recommender.</param>
public sealed class ForgottenUsers(Database database, string recommender)
{
    const int KeyBytes = 32;

    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Reads the set; empty where the store was never migrated.</summary>
    public async Task<ForgottenSet> LoadAsync(CancellationToken token)
    {
        if (database.IsAbsent)
            return new ForgottenSet(recommender, [], [], []);
        await using var session = await database.StartAsync(readOnly: true, token);
        var table = new Statement("privacy/has_table", _tokens, new { table = database.Internal("forgotten") });
        if (await session.FindAsync<long>(table, token) == 0)
            return new ForgottenSet(recommender, [], [], []);
        return await LoadAsync(session, token);
    }

    /// <summary>Adds users: no extract that begins from now on takes them in.</summary>
    /// <param name="userIds">Their ids in the one spelling.</param>
    /// <param name="token">Cancels; nobody is added then.</param>
    internal async Task AddAsync(IReadOnlyList<string> userIds, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        await session.ExecuteAsync(new Statement("privacy/create_key", _tokens, new { secret }), token);
        if (await session.FindAsync<string>(new Statement("privacy/get_key", _tokens), token) is null)
            throw KeyMissing();
        await EachAsync(session, "privacy/add_forgotten", userIds, token);
        await session.CommitAsync(token);
    }

    /// <summary>Notes that everything that was held about users has been removed.</summary>
    internal async Task FinishAsync(Session session, IReadOnlyList<string> userIds, CancellationToken token) =>
        await EachAsync(session, "privacy/finish_forgotten", userIds, token);

    /// <summary>Takes a user out of the set, so that the next extract may read them again.</summary>
    /// <returns>False if the user was not in the set.</returns>
    public async Task<bool> RemoveAsync(string userId, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        return await EachAsync(session, "privacy/remove_forgotten", [userId], token) > 0;
    }

    async Task<int> EachAsync(Session session, string statement, IReadOnlyList<string> userIds, CancellationToken token)
    {
        var set = await LoadAsync(session, token);
        int changed = 0;
        foreach (string userId in userIds)
            changed += await session.ExecuteAsync(
                new Statement(statement, _tokens, new { recommender, userHash = set.Hash(userId) }), token);
        return changed;
    }

    async Task<ForgottenSet> LoadAsync(Session session, CancellationToken token)
    {
        string? secret = await session.FindAsync<string>(new Statement("privacy/get_key", _tokens), token);
        var rows = await session.QueryAsync<Row>(new Statement("privacy/list_forgotten", _tokens, new { recommender }), token);
        if (secret is null && rows.Count > 0)
            throw KeyMissing();
        return new ForgottenSet(
            recommender,
            secret is null ? [] : Convert.FromHexString(secret),
            rows.Select(row => row.UserHash),
            rows.Where(row => row.IsDone == 1).Select(row => row.UserHash));
    }

    /// <summary>Without the key nobody would be recognised, and everybody would come back without a word.</summary>
    StoreException KeyMissing() => new(
        $"Store '{database.Settings.Name}' remembers users who were forgotten, but the key to recognise them is gone: table "
        + $"{database.Internal("privacy_key")} is empty. Expected: the row that was made at the first forget. Restore it from a backup; if "
        + $"there is none, empty {database.Internal("forgotten")} and forget these users again. Nothing is extracted until then.");

    sealed record Row
    {
        public string UserHash { get; init; } = "";

        public int IsDone { get; init; }
    }
}
