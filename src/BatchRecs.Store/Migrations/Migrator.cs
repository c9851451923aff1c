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
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken token)
    {
        var tokens = database.FixedTokens();
        await using var session = await database.StartAsync(readOnly: false, token);
        await session.BeginAsync(token);
        bool exists = await session.FindAsync<long>(new Statement("journal/find", tokens, new { lockKey = LockKey }), token) == 1;
        if (!exists)
            await session.ExecuteAsync(new Statement("journal/create", tokens), token);

        var applied = await session.QueryAsync<AppliedMigration>(new Statement("journal/list", tokens), token);
        var pending = MigrationPlan.Pending(database.Settings.Name, MigrationFile.All(database.Dialect), applied);
        foreach (var statement in pending.SelectMany(migration => Statements(migration, tokens)))
            await session.ExecuteAsync(statement, token);
        await session.CommitAsync(token);

        foreach (var migration in pending)
            StoreLog.Migrated(database.Logger, database.Settings.Name, migration.Version, migration.Name);
        return [.. pending.Select(migration => migration.Name)];
    }

    /// <summary>Writes everything that <see cref="MigrateAsync"/> and the recommenders' set-up would do as one script for a DBA.</summary>
    /// <param name="recommenders">The recommenders to set up as well; may be empty: the first run of each sets it up.</param>
    /// <param name="roles">Names of the roles; null = the defaults. SQLite has no roles.</param>
    /// <returns>SQL for an empty database, to be run by a role that may create schemas and roles.</returns>
    public string Script(IReadOnlyList<RecommenderSpec> recommenders, RoleNames? roles = null)
    {
        var tokens = database.FixedTokens();
        var script = new MigrationScript(database.Dialect, tokens, database.Dialect == "postgres" ? roles ?? new RoleNames() : null);
        script.Begin(recommenders.SelectMany(spec => new[] { spec.Eligible?.Table, spec.Seen?.Table }).OfType<string>().Distinct());
        script.Add(new Statement("journal/create", tokens));
        foreach (var migration in MigrationFile.All(database.Dialect))
            foreach (var statement in Statements(migration, tokens))
                script.Add(statement);
        foreach (var spec in recommenders)
            foreach (var statement in new RecommenderSetup(database, spec).Statements())
                script.Add(statement);
        return script.End();
    }

    Statement[] Statements(MigrationFile migration, Tokens tokens) =>
    [
        new(migration.Statement, tokens),
        new("journal/insert", tokens, new
        {
            version = migration.Version,
            name = migration.Name,
            checksum = migration.Checksum,
            appliedAt = time.GetUtcNow(),
        }),
    ];
}
