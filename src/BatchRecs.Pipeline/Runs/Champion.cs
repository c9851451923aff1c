using BatchRecs.Core.Errors;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Runs;

/// <summary>The definition of the current release, for a run whose own definition is another one.</summary>
/// <remarks>
/// It is the definition that is compared, fitted anew on the same past. The published model has learnt from the test period and would win
/// on days that it knows.
/// </remarks>
/// <param name="Recipe">What is measured beside the run's own recipe; null = nothing is.</param>
/// <param name="Definition">Hash of what a measurement of it depends on; empty where nothing is measured.</param>
/// <param name="Note">Why nothing is compared; empty where something is.</param>
/// <param name="IsLost">True = something would have been compared, but it cannot be.</param>
public sealed record Champion(ComparedRecipe? Recipe, string Definition, string Note, bool IsLost = false)
{
    /// <summary>Gets the champions that a measurement compares with: one or none.</summary>
    public IReadOnlyList<ComparedRecipe> Compared => Recipe is null ? [] : [Recipe];

    /// <summary>Finds the champion of a run.</summary>
    /// <param name="releases">Knows the current release.</param>
    /// <param name="job">The run's own definition.</param>
    /// <param name="projectRoot">The folder that paths are relative to.</param>
    /// <param name="token">Cancels.</param>
    internal static async Task<Champion> FindAsync(ReleaseStore releases, RefreshJob job, string projectRoot, CancellationToken token)
    {
        if (!job.Guard.Champion.Enabled)
            return None("guard.champion is none: no definition is compared.");
        if (await releases.FindCurrentAsync(job.Recommender, token) is not { } current)
            return None("There is no current release yet, so there is no definition to compare with.");
        RefreshJob theirs;
        try
        {
            theirs = JobFile.Parse(current.JobDefinition, $"job definition of release {current.ReleaseId}", projectRoot).Job;
        }
        catch (ConfigurationException error)
        {
            return Lost(
                "The definition of the current release cannot be read any more, so it is not compared; input guards and baselines decide. "
                + error.Message.ReplaceLineEndings(" "));
        }
        // How long the test was when it was measured last does not matter: both are measured as this job says.
        string definition = new StageKeys(theirs with
        {
            Evaluate = job.Evaluate with { Validation = theirs.Evaluate.Validation },
        }).Definition;
        if (definition == new StageKeys(job).Definition)
            return None("The definition is that of the current release: there is nothing to compare; earlier runs say what is usual.");
        var jobs = new ComparedJobs(job);
        return jobs.Obstacles(theirs) is { Count: > 0 } obstacles
            ? Lost("The definition of the current release cannot be run on what this job reads, so it is not compared. "
                + string.Join(' ', obstacles))
            : new Champion(jobs.Of(ComparedJobs.Champion, theirs), definition, "");

        static Champion None(string note) => new(null, "", note);

        static Champion Lost(string note) => new(null, "", note, IsLost: true);
    }
}
