namespace BatchRecs.Core.Ranking;

/// <summary>Which events make an item seen by a user.</summary>
public sealed record SeenRule
{
    /// <summary>Gets the rule under which nothing is seen: every item may be recommended again.</summary>
    public static SeenRule None { get; } = new() { Enabled = false };

    /// <summary>Gets a value indicating whether anything counts as seen.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets the event types that count; null = all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>Gets how young an event must be, counted from the newest event of the snapshot; null = any age.</summary>
    public TimeSpan? Within { get; init; }
}
