using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that the form in which propensities enter training fits the trainer.</summary>
static class WeightChecks
{
    /// <summary>Checks the section <c>weights</c>.</summary>
    public static void Check(RefreshJob job, KeyProblems problems)
    {
        if (job.Weights.Propensity.Form != PropensityForm.Relmf)
            return;
        if (job.Weights.Propensity.Training != 0)
            problems.Add(
                "weights.propensity.training",
                $"found {job.Weights.Propensity.Training} beside form: relmf, which always uses 1 / propensity; expected no such key.");
        if (job.Scorers.Values.OfType<AlsOptions>().FirstOrDefault() is not { } als)
            problems.Add("weights.propensity.form", "found 'relmf', which is a loss of the scorer als; expected als among scorers.");
        else if (als.UnobservedWeight > 1)
            problems.Add(
                "scorers.als.unobservedWeight",
                $"found {als.UnobservedWeight}; expected at most 1 beside weights.propensity.form: relmf, "
                + "whose weights are (1 - this) / propensity.");
    }
}
