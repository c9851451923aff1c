using System.Text;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Migrations;

/// <summary>The roles that a DBA may set up in PostgreSQL; they are optional.</summary>
/// <param name="Etl">Writes: owns both schemas. BatchRecs connects as this role itself, so that all it makes has one owner.</param>
/// <param name="Reader">Reads the contract's schema and nothing else. Applications connect as members of it.</param>
public sealed record RoleNames(string Etl = "batchrecs_etl", string Reader = "batchrecs_reader")
{
    /// <summary>Names of PostgreSQL have at most so many bytes; longer ones would be cut without a word.</summary>
    const int MaxBytes = 63;

    /// <summary>Refuses names that no role can have, or one name for both.</summary>
    /// <exception cref="ConfigurationException">A name is empty, too long, reserved or has a character that no script takes.</exception>
    internal void Check()
    {
        foreach (string name in (string[])[Etl, Reader])
            if (string.IsNullOrWhiteSpace(name) || Encoding.UTF8.GetByteCount(name) > MaxBytes
                || name.Any(c => char.IsControl(c) || c == '$') || name is "public" or "none"
                || name.StartsWith("pg_", StringComparison.Ordinal))
                throw new ConfigurationException(
                    $"'{name}' is no name for a role. Expected: 1 to {MaxBytes} bytes without '$' and control characters, not "
                    + "'public' or 'none', not beginning with 'pg_'.");
        if (Etl == Reader)
            throw new ConfigurationException($"The writing and the reading role are both '{Etl}'. Give them two names.");
    }
}
