using System.Security.Cryptography;
using System.Text;

namespace BatchRecs.Store.Artifacts;

/// <summary>Names an artifact by everything that it depends on.</summary>
public static class StageKey
{
    /// <summary>Hashes what a stage depends on.</summary>
    /// <param name="stage">Name of the stage.</param>
    /// <param name="parameters">Its options, its format version and whatever else changes its bits; any value that JSON can carry.</param>
    /// <param name="parents">Keys or content hashes of the artifacts that it reads, in a fixed order.</param>
    /// <returns>64 lower-case hexadecimal digits: SHA-256 of the canonical JSON.</returns>
    public static string Of(string stage, object? parameters, params IReadOnlyList<string> parents)
    {
        string text = CanonicalJson.Of(new { stage, parameters, parents });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
