using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that re-rankers have what they look at.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class ReRankChecks(RefreshJob job, KeyProblems problems)
{
    /// <summary>The re-rankers that know items by their categories alone: without any they change nothing.</summary>
    static readonly string[] OfCategories = ["caps", "calibration", "xquad"];

    /// <summary>Checks every re-ranker.</summary>
    public void Check()
    {
        if (job.Items?.Columns.Categories is not null)
            return;
        for (int n = 0; n < job.Precompute.Rerank.Count; n++)
            if (job.Precompute.Rerank[n].Name is var name && OfCategories.Contains(name))
                problems.Add(
                    $"precompute.rerank[{n}].name",
                    $"the re-ranker '{name}' goes by categories; expected items.columns.categories.");
    }
}
