using BatchRecs.Host.Cli.Views;
using BatchRecs.Store;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What <c>migrate --roles</c> did and what is left, as SQL that a database administrator can run as it is.</summary>
static class RightsText
{
    /// <summary>Writes the report of one store; what is no statement stands behind <c>--</c>.</summary>
    public static void Write(TextWriter writer, StoreRightsView rights, bool applied)
    {
        if (rights.Provider == StoreProvider.Sqlite)
        {
            writer.WriteLine($"-- {rights.Store}: SQLite has no roles; who may read or write the file may do so.");
            return;
        }
        if (applied)
            writer.WriteLine($"-- {rights.Store}: {Numbers.Quantity(rights.InForce, "statements")} on roles and rights in force"
                + (rights.Missing.Count == 0 ? ", nothing is missing." : $", {rights.Missing.Count} for a database administrator:"));
        else
            writer.WriteLine($"-- {rights.Store}: for a role that may create roles and schemas; it may be run again.");
        foreach (var missing in rights.Missing)
        {
            if (missing.Reason is { } reason)
                writer.WriteLine($"-- refused: {reason.ReplaceLineEndings(" ")}");
            writer.WriteLine($"{missing.Sql};");
        }
        if (rights.Queries.Count > 0)
            writer.WriteLine($"-- The writing role needs SELECT on what these files read: {string.Join(", ", rights.Queries)}");
    }
}
