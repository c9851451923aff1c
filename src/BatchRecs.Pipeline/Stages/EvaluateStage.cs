using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Recipes;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Measures the final lists of the recipe on held-out days, beside baselines.</summary>
public sealed class EvaluateStage(RecipeEvaluation evaluation)
{
    /// <summary>Runs the stage.</summary>
    /// <remarks>A cancellation does not wait for steps that look at no token: they end by themselves and their result is dropped.</remarks>
    public Task<StageOutput<EvaluationReport>> RunAsync(
        Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token) => Task.Run(
        () =>
        {
            var fit = evaluation.Fit(snapshot, progress, token);
            var report = evaluation.Roll(snapshot, evaluation.Measure(snapshot, fit, token), progress, token);
            return new StageOutput<EvaluationReport>(report, report.Lists[0].MeasuredUsers, "users", Note(report));
        },
        token).WaitAsync(token);

    /// <summary>Says in a few words how the main list did.</summary>
    public static string Note(EvaluationReport report)
    {
        var main = report.Lists[0];
        return string.Join(", ", main.Makers.Take(3).Select(maker => string.Create(
            CultureInfo.InvariantCulture,
            $"{maker.Name} NDCG@{maker.At[0].Length} {maker.At[0].Metrics[RankingMetric.Ndcg].Estimate:0.0000}")));
    }
}
