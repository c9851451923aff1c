using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRecs.Store.Artifacts;

/// <summary>What <c>manifest.json</c> of an artifact says.</summary>
public sealed record ArtifactManifest
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Gets the format of the artifact.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Gets the recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets the key: the hash of all that the artifact depends on.</summary>
    public required string Key { get; init; }

    /// <summary>Gets when it was finished.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the newest event that it has seen, in microseconds since 1970-01-01 UTC; null where that means nothing.</summary>
    public long? DataUntil { get; init; }

    /// <summary>Gets its files by name.</summary>
    public required IReadOnlyDictionary<string, ArtifactFile> Files { get; init; }

    /// <summary>Gets what the stage wants to remember besides; JSON null if nothing.</summary>
    public JsonElement Extra { get; init; }

    /// <summary>Writes the manifest with a checksum of itself.</summary>
    internal string ToText()
    {
        var members = JsonSerializer.SerializeToNode(this, CanonicalJson.Options)!.AsObject();
        members["checksum"] = Checksum(members);
        return members.ToJsonString(CanonicalJson.Options);
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another format.</exception>
    internal static ArtifactManifest Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject members)
                throw new InvalidDataException($"{FileName} is no manifest");
            string? checksum = (string?)members["checksum"];
            members.Remove("checksum");
            if (checksum != Checksum(members))
                throw new InvalidDataException($"{FileName} does not match its checksum");
            var manifest = members.Deserialize<ArtifactManifest>(CanonicalJson.Options)!;
            return manifest.Format == CurrentFormat
                ? manifest
                : throw new InvalidDataException($"{FileName} is of format {manifest.Format}; this version reads format {CurrentFormat}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{FileName} is no manifest", error);
        }
    }

    static string Checksum(JsonObject members) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(members))));
}

/// <summary>One file of an artifact.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, 64 lower-case hexadecimal digits.</param>
public sealed record ArtifactFile(long Bytes, string Sha256);
