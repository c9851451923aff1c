using BatchRecs.Core.Allocating;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that allocators fit the lists and the scorers.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class AllocateChecks(RefreshJob job, KeyProblems problems)
{
    /// <summary>Checks every allocator.</summary>
    public void Check()
    {
        for (int n = 0; n < job.Precompute.Allocate.Count; n++)
            Check(job.Precompute.Allocate[n].Options, $"precompute.allocate[{n}]");
    }

    void Check(object options, string path)
    {
        int depth = options switch
        {
            CoverageOptions coverage => coverage.Depth,
            ExposureOptions exposure => exposure.Depth,
            ProducerOptions producers => producers.Depth,
            _ => 0,
        };
        // A default that is deeper than a short list means the whole list; a written one is a mistake.
        if (depth > job.Precompute.Count && problems.IsWritten($"{path}.depth"))
            problems.Add($"{path}.depth", $"found {depth}; expected at most precompute.count, {job.Precompute.Count}.");
        if (options is ProducerOptions && job.Items?.Columns.Categories is null)
            problems.Add(
                $"{path}.name", "the allocator 'producers' takes producers from categories; expected items.columns.categories.");
        if (options is not CoverageOptions { Slots: var slots })
            return;
        if (slots > depth)
            problems.Add($"{path}.slots", $"found {slots}; expected at most depth, {depth}.");
        if (!job.Scorers.Values.Any(scorer => scorer is AlsOptions))
            problems.Add($"{path}.name", "the allocator 'coverage' compares users by factors; expected the scorer als under scorers.");
    }
}
