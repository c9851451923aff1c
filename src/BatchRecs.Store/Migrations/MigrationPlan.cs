using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Migrations;

/// <summary>Decides which migrations a store still needs.</summary>
static class MigrationPlan
{
    /// <summary>Compares what a store has with what the program brings.</summary>
    /// <param name="store">Name of the store, for messages.</param>
    /// <param name="known">The migrations of the program, in order.</param>
    /// <param name="applied">The journal of the store, in order.</param>
    /// <returns>The migrations to apply, in order.</returns>
    /// <exception cref="StoreException">The store is newer than the program, or a migration differs from the program's.</exception>
    public static IReadOnlyList<MigrationFile> Pending(
        string store, IReadOnlyList<MigrationFile> known, IReadOnlyList<AppliedMigration> applied)
    {
        foreach (var migration in applied)
        {
            var own = known.FirstOrDefault(file => file.Version == migration.Version)
                ?? throw new StoreException(
                    $"Store '{store}' has migration {migration.Version} ({migration.Name}), but this program knows only {known.Count}: " +
                    "a newer BatchRecs has migrated the store. Run that version, or restore a copy from before the migration.");
            if (own.Checksum != migration.Checksum)
                throw new StoreException(
                    $"Migration {migration.Version} ({migration.Name}) of store '{store}' has checksum {migration.Checksum[..12]}, " +
                    $"this program's has {own.Checksum[..12]}: an applied migration never changes. " +
                    "Run the version that made the store, or use an empty store.");
        }
        return [.. known.Where(file => applied.All(migration => migration.Version != file.Version))];
    }
}
