using BatchRecs.Core.Errors;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>A statement on rights that is not in force.</summary>
/// <param name="Sql">The statement as a DBA would run it, without the semicolon.</param>
/// <param name="Reason">Why the connected role could not run it; null if nobody tried.</param>
public sealed record MissingRight(string Sql, string? Reason);

/// <summary>What the two roles have and still need in a store.</summary>
/// <param name="InForce">How many statements are in force.</param>
/// <param name="Missing">Those that are not, in the order in which they must run.</param>
public sealed record RightsReport(int InForce, IReadOnlyList<MissingRight> Missing);

/// <summary>Sets up the roles of a PostgreSQL store as far as the connected role may, and says what is left for a DBA.</summary>
/// <param name="database">The store; SQLite has no roles, so it needs nothing.</param>
/// <param name="roles">The roles.</param>
public sealed class RightsGranter(Database database, RoleNames roles)
{
    /// <summary>Errors of a role that may do less than the statement needs, or of one that an earlier statement did not make.</summary>
    static readonly string[] NotAllowed = ["42501", "42704", "3F000", "42P01", "0LP01"];

    /// <summary>Lists every statement without running any.</summary>
    /// <param name="isServing">Whether jobs write their releases to the store.</param>
    /// <param name="readable">The tables, views and live relations that jobs read in it.</param>
    /// <exception cref="ConfigurationException">A role has an impossible name.</exception>
    public RightsReport Print(bool isServing, IEnumerable<string> readable) =>
        new(0, [.. Statements(isServing, readable).Select(statement => new MissingRight(Text(statement), null))]);

    /// <summary>Runs every statement by itself.</summary>
    /// <param name="isServing">Whether jobs write their releases to the store.</param>
    /// <param name="readable">The tables, views and live relations that jobs read in it.</param>
    /// <param name="token">Cancels; what ran stays.</param>
    /// <returns>What is in force, and what the connected role may not do.</returns>
    /// <exception cref="StoreException">The store cannot be reached, or refused for another reason than missing rights.</exception>
    public async Task<RightsReport> ApplyAsync(bool isServing, IEnumerable<string> readable, CancellationToken token)
    {
        var missing = new List<MissingRight>();
        int inForce = 0;
        foreach (var statement in Statements(isServing, readable))
        {
            await using var session = await database.StartAsync(readOnly: false, token);
            try
            {
                await session.ExecuteInlineAsync(statement, token);
                inForce++;
            }
            catch (StoreException error) when (NotAllowed.Contains(error.SqlState))
            {
                missing.Add(new MissingRight(Text(statement), error.InnerException?.Message));
            }
        }
        return new RightsReport(inForce, missing);
    }

    IEnumerable<Statement> Statements(bool isServing, IEnumerable<string> readable)
    {
        roles.Check();
        if (database.Dialect != "postgres")
            return [];
        var rights = new RightsStatements(database.FixedTokens(), database.Names, roles);
        var reading = rights.Readable(readable);
        return isServing ? rights.Schemas().Concat(reading).DistinctBy(Text).Concat(rights.Readers()) : reading;
    }

    string Text(Statement statement) => InlineSql.Of(statement, database.Dialect).TrimEnd('\n', ';');
}
