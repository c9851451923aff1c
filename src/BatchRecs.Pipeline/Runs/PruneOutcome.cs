using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Runs;

/// <summary>What a prune job removed, or would remove.</summary>
/// <param name="Job">Path of the job file.</param>
/// <param name="IsDryRun">True = nothing was removed.</param>
/// <param name="Recommenders">What went, by recommender; those of which nothing did are there too.</param>
public sealed record PruneOutcome(string Job, bool IsDryRun, IReadOnlyList<PrunedRecommender> Recommenders)
{
    /// <summary>Gets one line for an operator.</summary>
    public string Message =>
        $"{(IsDryRun ? "would remove" : "removed")} {Recommenders.Sum(one => one.Releases.Count)} releases"
        + $"{(Recommenders.Sum(one => one.StillRead) is > 0 and var read ? $" ({read} more are still read)" : "")}, "
        + $"{Recommenders.Sum(one => one.Artifacts)} artifacts ({new ByteSize(Recommenders.Sum(one => one.ArtifactBytes))}), "
        + $"{Recommenders.Sum(one => one.Runs)} runs and {Recommenders.Sum(one => one.Evaluations)} measurements "
        + $"of {Recommenders.Count} recommenders";
}

/// <summary>What went of one recommender.</summary>
/// <param name="Recommender">Its name.</param>
/// <param name="Releases">Ids of releases, ascending.</param>
/// <param name="Artifacts">How many artifacts.</param>
/// <param name="ArtifactBytes">What they took on disk.</param>
/// <param name="Runs">How many runs of the ledger, with their stages.</param>
/// <param name="Evaluations">How many measurements of the ledger.</param>
/// <param name="Note">Why the recommender was left alone; empty if it was not.</param>
public sealed record PrunedRecommender(
    string Recommender,
    IReadOnlyList<long> Releases,
    int Artifacts,
    long ArtifactBytes,
    int Runs,
    int Evaluations,
    string Note = "")
{
    /// <summary>Gets how many more releases were due: somebody still reads them, so they go the next time.</summary>
    public int StillRead { get; init; }
}
