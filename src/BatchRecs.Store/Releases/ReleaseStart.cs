namespace BatchRecs.Store.Releases;

/// <summary>What a release is made from.</summary>
/// <param name="RunId">The run that makes it.</param>
/// <param name="Key">Key of all that it depends on; a built release with the same key need not be made again.</param>
/// <param name="DataUntil">Time of the newest event that it knows, in microseconds since 1970-01-01 UTC.</param>
/// <param name="JobText">Text of the job definition.</param>
public sealed record ReleaseStart(long RunId, string Key, long DataUntil, string JobText);

/// <summary>The states of a release.</summary>
public static class ReleaseStates
{
    /// <summary>Its rows are being loaded, or whoever loaded them is gone.</summary>
    public const string Building = "building";

    /// <summary>It is complete and may be published.</summary>
    public const string Built = "built";

    /// <summary>Its rows are being removed; it can no longer be published.</summary>
    public const string Dropping = "dropping";
}
