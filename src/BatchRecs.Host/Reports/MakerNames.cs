using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Reports;

/// <summary>What the makers of lists are called for people.</summary>
/// <param name="report">The report that they stand in.</param>
sealed class MakerNames(EvaluationReport report)
{
    /// <summary>Returns the name of a maker.</summary>
    public string Of(MakerEvaluation maker) => (maker.Kind, maker.Name) switch
    {
        (MakerKind.Measured, EvaluationReport.AgainList) => "buy-again list",
        (MakerKind.Measured, EvaluationReport.PopularList) => "published popular list",
        (MakerKind.Baseline, EvaluationReport.RepeatsAllowed) => "the same with repeats allowed",
        (MakerKind.Compared, ComparedJobs.Champion) => "champion's configuration",
        (MakerKind.Compared, RecipeEvaluation.UnallocatedName) => "published list before allocation",
        (MakerKind.Compared, _) => $"configuration {maker.Name}",
        (_, RecipeEvaluation.RecipeName) => "published list",
        (_, "popular") => "popular",
        (_, "last-7-days") => "popular in the last 7 days",
        (_, "recent") when report.Tuned.TryGetValue("baselines.recent.half-life-days", out double days) =>
            FormattableString.Invariant($"recent popularity (tuned, h = {days} d)"),
        (MakerKind.Baseline, "recent") => "recent popularity (tuned)",
        _ => $"{maker.Name} alone",
    };

    /// <summary>Returns the name of the maker that is called so in a list.</summary>
    public string Of(string maker, ListEvaluation list) => Of(list.Makers.Single(one => one.Name == maker));
}
