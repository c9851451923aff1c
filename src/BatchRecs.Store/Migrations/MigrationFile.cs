using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchRecs.Store.Sql;

namespace BatchRecs.Store.Migrations;

/// <summary>A numbered step from one form of the store to the next.</summary>
/// <param name="Version">Its number, from 1, without gaps.</param>
/// <param name="Name">What it adds, for example <c>ledger</c>.</param>
/// <param name="Statement">The name of its file.</param>
/// <param name="Checksum">SHA-256 of its text, in hexadecimal.</param>
sealed record MigrationFile(int Version, string Name, string Statement, string Checksum)
{
    /// <summary>Lists the migrations of a dialect in order.</summary>
    public static IReadOnlyList<MigrationFile> All(string dialect) => [.. SqlFiles.Names(dialect, "migrations/").Select(statement =>
    {
        string[] parts = Path.GetFileName(statement).Split('_', 2);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(SqlFiles.Read(dialect, statement)));
        return new MigrationFile(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], statement, Convert.ToHexStringLower(hash));
    })];

    /// <summary>Returns the statement that records it in the journal.</summary>
    /// <param name="tokens">The names of the store's fixed objects.</param>
    /// <param name="at">Now.</param>
    public Statement Record(Tokens tokens, DateTimeOffset at) =>
        new("journal/insert", tokens, new { version = Version, name = Name, checksum = Checksum, appliedAt = at });
}

/// <summary>A migration as the journal of a store has it.</summary>
sealed record AppliedMigration
{
    /// <summary>Gets its number.</summary>
    public int Version { get; init; }

    /// <summary>Gets its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets the checksum that its text had when it was applied.</summary>
    public string Checksum { get; init; } = "";
}
