using BatchRecs.Core.Errors;
using BatchRecs.Store.Releases;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>Brings a store to the form that this program needs. Safe to call at every start and from several processes at once.</summary>
/// <param name="database">The store.</param>
/// <param name="time">Says when a migration was applied.</param>
public sealed class Migrator(Database database, TimeProvider time)
{
    /// <summary>The number under which migrations lock each other out in PostgreSQL: the letters <c>recs</c>.</summary>
    const long LockKey = 0x72656373;

    /// <summary>Applies what is missing, in one transaction.</summary>
    /// <param name="token">Cancels; nothing is applied then.</param>
    /// <returns>The names of the migrations applied now, in order; empty if the store was up to date.</returns>
    /// <exception cref="StoreException">A right is missing, the store is newer than the program, or a migration differs.</exception>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken token) =>
        database.Retry.RunAsync("migrating", () => TryMigrateAsync(token), token);

    async Task<IReadOnlyList<string>> TryMigrateAsync(CancellationToken token)
    {
        var tokens = database.FixedTokens();
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        bool exists = await session.FindAsync<long>(new Statement("journal/find", tokens, new { lockKey = LockKey }), token) == 1;
        if (!exists)
            await session.ExecuteAsync(new Statement("journal/create", tokens), token);

        var applied = await session.QueryAsync<AppliedMigration>(new Statement("journal/list", tokens), token);
        var pending = MigrationPlan.Pending(database.Settings.Name, MigrationFile.All(database.Dialect), applied);
        foreach (var migration in pending)
        {
            await session.ExecuteAsync(new Statement(migration.Statement, tokens), token);
            await session.ExecuteAsync(migration.Record(tokens, time.GetUtcNow()), token);
        }
        await session.CommitAsync(token);

        foreach (var migration in pending)
            StoreLog.Migrated(database.Logger, database.Settings.Name, migration.Version, migration.Name);
        return [.. pending.Select(migration => migration.Name)];
    }

    /// <summary>Writes everything that <see cref="MigrateAsync"/> and the recommenders' set-up would do as one script for a DBA.</summary>
    /// <param name="recommenders">The recommenders to set up as well; may be empty: the first run of each sets it up.</param>
    /// <param name="roles">Names of the roles; null = the defaults. SQLite has no roles.</param>
    /// <param name="readable">The sources and item tables that jobs read in this store; null = none.</param>
    /// <returns>
    /// SQL to be run by a role that may create schemas and roles. On PostgreSQL it may be run again, also over an older installation.
    /// </returns>
    /// <exception cref="ConfigurationException">A role has an impossible name.</exception>
    public string Script(
        IReadOnlyList<RecommenderSpec> recommenders, RoleNames? roles = null, IEnumerable<string>? readable = null)
    {
        var tokens = database.FixedTokens();
        var script = new MigrationScript(database.Dialect, tokens);
        var rights = database.Dialect == "postgres" ? new RightsStatements(tokens, database.Names, Checked(roles)) : null;
        var live = recommenders.SelectMany(spec => new[] { spec.Eligible?.Table, spec.Seen?.Table }).OfType<string>();
        foreach (var statement in rights?.Schemas().Concat(rights.Readable(live.Concat(readable ?? []))).Append(rights.BecomeEtl()) ?? [])
            script.Add(statement);
        script.Add(new Statement("journal/create", tokens));
        foreach (var migration in MigrationFile.All(database.Dialect))
            script.Add(migration, time.GetUtcNow());
        foreach (var spec in recommenders)
            foreach (var statement in new RecommenderSetup(database, spec).Statements())
                script.Add(statement);
        foreach (var statement in rights?.Readers().Append(rights.ResetRole()) ?? [])
            script.Add(statement);
        return script.ToString();
    }

    static RoleNames Checked(RoleNames? roles)
    {
        var names = roles ?? new RoleNames();
        names.Check();
        return names;
    }
}
