namespace BatchRecs.Store.Artifacts;

/// <summary>Which artifacts of a recommender stay.</summary>
/// <param name="Keep">How many of each stage, the newest ones, from 1; null = any number.</param>
/// <param name="MaxAge">How old they may become; null = any age.</param>
/// <param name="MaxBytes">How large all of them may be together; null = any size.</param>
/// <param name="KeepsNewest">True = the newest of each stage stays, whatever its age and size: the next run goes on from there.</param>
public sealed record ArtifactRetention(int? Keep = null, TimeSpan? MaxAge = null, long? MaxBytes = null, bool KeepsNewest = true);
