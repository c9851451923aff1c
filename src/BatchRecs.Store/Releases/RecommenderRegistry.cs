using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Releases;

/// <summary>Which recommenders a store has, with their tables, views and functions.</summary>
sealed class RecommenderRegistry(Database database, RunFence? fence = null)
{
    readonly Tokens _tokens = database.FixedTokens();

    /// <summary>Makes or changes the objects of a recommender; does nothing if they are as they should be.</summary>
    public Task EnsureAsync(RecommenderSpec spec, CancellationToken token)
    {
        spec.Check(database.Names);
        return database.Retry.RunAsync(
            $"setting up recommender {spec.Name}", () => LockHolders.RunAsync(database, () => TryEnsureAsync(spec, token), token), token);
    }

    /// <summary>Finds a recommender as it was set up; null if it never was.</summary>
    public async Task<RecommenderSpec?> FindAsync(string recommender, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return (await RowAsync(session, recommender, token))?.ToSpec();
    }

    /// <summary>Returns the names of the objects of a recommender.</summary>
    /// <exception cref="ConfigurationException">It was never set up.</exception>
    public async Task<RecommenderNames> NamesAsync(string recommender, CancellationToken token)
    {
        if (await FindAsync(recommender, token) is { } spec)
            return new RecommenderNames(database, spec);
        var known = await ListAsync(token);
        throw new ConfigurationException(
            $"Store '{database.Settings.Name}' has no recommender '{recommender}'. It has: " +
            $"{(known.Count == 0 ? "none" : string.Join(", ", known))}. The first run of a job sets its recommender up.");
    }

    /// <summary>Lists the names of all recommenders.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: true, token);
        return await session.QueryAsync<string>(new Statement("serving/list_recommenders", _tokens), token);
    }

    /// <summary>Removes a recommender with all its objects and releases, in one transaction.</summary>
    public Task<bool> DropAsync(string recommender, CancellationToken token)
    {
        bool mayBeDone = false;
        return database.Retry.RunAsync($"removing recommender {recommender}", async () =>
        {
            try
            {
                // One that is gone since a commit that was never acknowledged was removed here.
                return await LockHolders.RunAsync(database, () => TryDropAsync(recommender, token), token) || mayBeDone;
            }
            catch (StoreException error) when (error.Statement == Session.Commit)
            {
                mayBeDone = true;
                throw;
            }
        }, token);
    }

    /// <summary>Refuses ids of other types than the tables of a recommender have.</summary>
    /// <exception cref="ConfigurationException">A type differs.</exception>
    public static void CheckKinds(RecommenderSpec existing, IdKind users, IdKind items)
    {
        if (existing.UserKind == users && existing.ItemKind == items)
            return;
        throw new ConfigurationException(
            $"Recommender '{existing.Name}' has user ids of type {existing.UserKind} and item ids of type {existing.ItemKind}, " +
            $"now they are {users} and {items}. Readers rely on the types: restore the columns' types, or remove its tables and all " +
            $"its releases with batchrecs migrate --recreate {existing.Name} and run the job again.");
    }

    /// <summary>Refuses a job of another kind: its releases would not have the views that readers rely on, or leave them behind.</summary>
    static void CheckLists(RecommenderSpec existing, RecommenderSpec spec)
    {
        if (existing.HasLists != spec.HasLists)
            throw new ConfigurationException(
                $"Recommender '{spec.Name}' {(existing.HasLists ? "has" : "has no")} lists of users, and this job makes " +
                $"{(spec.HasLists ? "some: it is" : "none: it is")} of another kind than the one that set it up. Give the job a " +
                $"recommender of its own, or remove all releases with batchrecs migrate --recreate {spec.Name} first.");
    }

    /// <summary>Refuses ids that cannot be compared with those of a recommender.</summary>
    /// <exception cref="ConfigurationException">They can never be equal.</exception>
    public static void CheckComparable(RecommenderSpec existing, IdKind users, IdKind items)
    {
        if (IdColumnBuilder.Comparable(existing.UserKind, users) && IdColumnBuilder.Comparable(existing.ItemKind, items))
            return;
        throw new ConfigurationException(
            $"Recommender '{existing.Name}' has user ids of type {existing.UserKind} and item ids of type {existing.ItemKind}, " +
            $"the log of outcomes has {users} and {items}. Read it through a view or query that casts the columns.");
    }

    async Task<bool> TryEnsureAsync(RecommenderSpec spec, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await BeginAsync(session, token);
        var row = await RowAsync(session, spec.Name, token);
        if (row is null)
            await CheckClashesAsync(session, spec, token);
        else
        {
            CheckKinds(row.ToSpec(), spec.UserKind, spec.ItemKind);
            CheckLists(row.ToSpec(), spec);
            // Readers of a list that is no longer made see it empty rather than an error.
            spec = spec with
            {
                HasAgain = spec.HasAgain || row.HasAgain == 1,
                HasExploration = spec.HasExploration || row.HasExploration == 1,
            };
        }

        var setup = new RecommenderSetup(database, spec);
        if (row?.SetupHash == setup.Hash)
        {
            if (await StandAsync(session, spec, token))
                return false;
            await BeginAsync(session, token);
        }
        if (row is not null)
            await CheckFormAsync(session, row, token);
        await database.CheckLiveAsync(session, spec, token);
        foreach (var statement in setup.Statements())
            await session.ExecuteAsync(statement, token);
        // SQLite makes a view of anything: only a look shows whether the job's live relations exist, and the first look should be ours.
        await CheckViewsAsync(session, spec, token);
        await session.CommitAsync(token);
        return true;
    }

    /// <summary>
    /// Tells whether readers can use the views. A live relation that somebody dropped took them with it in PostgreSQL, and left them
    /// without effect in SQLite.
    /// </summary>
    async Task<bool> StandAsync(Session session, RecommenderSpec spec, CancellationToken token)
    {
        try
        {
            await CheckViewsAsync(session, spec, token);
            return true;
        }
        catch (StoreException broken) when (!broken.IsTransient)
        {
            StoreLog.ViewsBroken(database.Logger, spec.Name, broken.Message);
            return false;
        }
    }

    async Task CheckViewsAsync(Session session, RecommenderSpec spec, CancellationToken token)
    {
        var names = new RecommenderNames(database, spec);
        foreach (var table in names.Tables)
            await session.ExecuteAsync(new Statement("serving/check_view", names.Tokens.With("view", names.ViewOf(table))), token);
    }

    async Task<bool> TryDropAsync(string recommender, CancellationToken token)
    {
        await using var session = await database.StartAsync(readOnly: false, token);
        await BeginAsync(session, token);
        if (await RowAsync(session, recommender, token) is not { } row)
            return false;

        var names = new RecommenderNames(database, row.ToSpec());
        if (database.Dialect == "postgres")
        {
            await CheckDependentsAsync(session, names, token);
            await session.ExecuteAsync(new Statement("serving/drop_function", names.Tokens), token);
        }
        foreach (var table in names.Tables)
            await session.ExecuteAsync(new Statement("serving/drop_view", names.Tokens.With("view", names.ViewOf(table))), token);
        await session.ExecuteAsync(new Statement("serving/drop_seen", names.Tokens), token);
        var releases = await session.QueryAsync<Release>(new Statement("releases/list", names.Tokens, new { recommender }), token);
        foreach (var table in names.Tables)
        {
            foreach (var release in releases)
                await database.ReleaseTables.DropAsync(session, names, table, release.ReleaseId, token);
            await session.ExecuteAsync(new Statement("serving/drop_table", names.Tokens.With("table", names.Parent(table))), token);
        }
        await session.ExecuteAsync(new Statement("serving/drop_pointer", names.Tokens), token);
        await session.ExecuteAsync(new Statement("serving/delete_releases", names.Tokens, new { name = recommender }), token);
        await session.ExecuteAsync(new Statement("serving/delete_recommender", names.Tokens, new { name = recommender }), token);
        await session.CommitAsync(token);
        return true;
    }

    async Task BeginAsync(Session session, CancellationToken token)
    {
        await session.BeginAsync(token);
        if (fence is not null)
            await fence.CheckAsync(session, token);
    }

    /// <summary>Refuses tables of lists with a row per rank on PostgreSQL, which earlier versions made there.</summary>
    async Task CheckFormAsync(Session session, RecommenderRow row, CancellationToken token)
    {
        var names = new RecommenderNames(database, row.ToSpec());
        if (database.Dialect != "postgres" || !names.Spec.HasLists)
            return;
        string table = names.Parent(ReleaseTable.Main);
        if (await session.FindAsync<string>(new Statement("serving/list_form", names.Tokens, new { table }), token) == "arrays")
            return;
        throw new ConfigurationException(
            $"Recommender '{row.Name}' was set up by an earlier version: its table {table} has a row per rank, expected a row per user " +
            $"with arrays. Its readers still have their lists. Remove its tables and all its releases with batchrecs migrate --recreate " +
            $"{row.Name} and run the job again.");
    }

    /// <summary>Refuses to take views from under the views of an application, which would go with them.</summary>
    static async Task CheckDependentsAsync(Session session, RecommenderNames names, CancellationToken token)
    {
        foreach (string view in names.Tables.Select(names.ViewOf))
        {
            var dependents = await session.QueryAsync<string>(
                new Statement("serving/find_dependents", names.Tokens, new { view }), token);
            if (dependents.Count > 0)
                throw new ConfigurationException(
                    $"Recommender '{names.Spec.Name}' cannot be removed: {view} is read by {string.Join(", ", dependents)}. " +
                    "Drop that first and make it anew after the next run. Nothing was removed.");
        }
    }

    async Task<RecommenderRow?> RowAsync(Session session, string name, CancellationToken token) =>
        await session.FindAsync<RecommenderRow>(new Statement("serving/find_recommender", _tokens, new { name }), token);

    async Task CheckClashesAsync(Session session, RecommenderSpec spec, CancellationToken token)
    {
        var own = new RecommenderNames(database, spec).Everything().ToHashSet();
        foreach (string name in await session.QueryAsync<string>(new Statement("serving/list_recommenders", _tokens), token))
        {
            string? clash = new RecommenderNames(database, spec with { Name = name }).Everything().FirstOrDefault(own.Contains);
            if (clash is not null)
                throw new ConfigurationException(
                    $"recommender '{spec.Name}': its object {clash} would be one of recommender '{name}'. Choose another name.");
        }
    }
}
