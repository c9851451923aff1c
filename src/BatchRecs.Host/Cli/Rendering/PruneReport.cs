using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Rendering;

/// <summary>What a prune job removed, for people.</summary>
static class PruneReport
{
    /// <summary>Writes one line for the job and one for each recommender.</summary>
    public static void Write(TextWriter writer, PruneOutcome outcome)
    {
        writer.WriteLine($"{outcome.Job}: {outcome.Message}");
        foreach (var one in outcome.Recommenders)
            writer.WriteLine($"  {one.Recommender}: {(one.Note.Length > 0 ? one.Note : What(one))}");
    }

    static string What(PrunedRecommender one) =>
        $"{Numbers.Quantity(one.Releases.Count, "releases")}{(one.Releases.Count > 0 ? $" ({string.Join(", ", one.Releases)})" : "")}"
        + $"{(one.StillRead > 0 ? $" and {one.StillRead} more that somebody still reads" : "")}, "
        + $"{Numbers.Quantity(one.Artifacts, "artifacts")} ({Numbers.Bytes(one.ArtifactBytes)}), "
        + $"{Numbers.Quantity(one.Runs, "runs")}, {Numbers.Quantity(one.Evaluations, "measurements")}";
}
