namespace BatchRecs.Store.Artifacts;

/// <summary>Which artifacts of a recommender stay.</summary>
/// <param name="Keep">How many of each stage, the newest ones; at least 1.</param>
/// <param name="MaxAge">How old they may become; null = any age.</param>
/// <param name="MaxBytes">How large all of them may be together; null = any size.</param>
public sealed record ArtifactRetention(int Keep, TimeSpan? MaxAge = null, long? MaxBytes = null);
