namespace BatchRecs.Pipeline.Definitions;

/// <summary>Queries that list people; paths of SQL files relative to the project root, read from the warehouse.</summary>
public sealed record PrivacyOptions
{
    /// <summary>Gets a query whose first column lists users whom every run removes from everything.</summary>
    public string? Forget { get; init; }

    /// <summary>Gets a query whose first column lists users who get popular lists only.</summary>
    public string? OptOut { get; init; }
}
