using System.Text.RegularExpressions;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store;

/// <summary>Where the objects of BatchRecs live inside a store.</summary>
/// <remarks>PostgreSQL has them in two schemas. SQLite has no schemas: internal tables carry the internal name as a prefix.</remarks>
public sealed partial record SchemaNames
{
    /// <summary>Gets the schema (SQLite: the prefix) of the ledger and of the tables behind the contract.</summary>
    /// <value>The default is <c>batchrecs</c>.</value>
    public string Internal { get; init; } = "batchrecs";

    /// <summary>Gets the schema that readers see; SQLite ignores it.</summary>
    /// <value>The default is <c>recs</c>.</value>
    public string Contract { get; init; } = "recs";

    /// <summary>Refuses names that are no plain identifiers, that belong to others, or that are one and the same.</summary>
    /// <exception cref="ConfigurationException">
    /// A name is not lower-case letters, digits and underscores, is PostgreSQL's own, or both are equal.
    /// </exception>
    internal void Check()
    {
        foreach (string name in (string[])[Internal, Contract])
        {
            if (!Identifier().IsMatch(name))
                throw new ConfigurationException(
                    $"'{name}' is no name for a schema. Expected: a lower-case letter, then letters, digits and underscores, at most 20.");
            // Rights are given on all that is in these schemas, so nobody else's may be in them.
            if (name is "public" or "information_schema" || name.StartsWith("pg_", StringComparison.Ordinal))
                throw new ConfigurationException(
                    $"schemas: '{name}' is PostgreSQL's own. Expected: two schemas that hold nothing but what BatchRecs makes.");
        }
        if (Internal == Contract)
            throw new ConfigurationException($"The internal and the contract schema are both '{Internal}'. Give them two names.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,19}$")]
    private static partial Regex Identifier();
}
