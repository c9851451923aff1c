namespace BatchRecs.Pipeline.Definitions;

/// <summary>Options of the scorer <c>recent</c>: decayed popularity.</summary>
public sealed record RecentOptions
{
    /// <summary>Gets the age in days at which an event counts half, or <c>tuned</c>.</summary>
    /// <value>The default is <c>tuned</c>: the best of 1, 2, 4, 7, 14 and 30 days on the validation window.</value>
    [DurationRange("1h", "36500d")]
    public Tunable HalfLife { get; init; } = Tunable.Tuned;
}

/// <summary>Options of the scorer <c>popular</c>: distinct users over the window. It has none.</summary>
public sealed record PopularScorerOptions;
