using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Checks the finished release against its limits; says so rule by rule, and changes nothing.</summary>
public sealed class GuardStage(GuardLimits limits)
{
    /// <summary>Runs the stage.</summary>
    public Task<StageOutput<GuardVerdict>> RunAsync(BuiltRelease release, EvaluationReport? evaluation)
    {
        var verdict = ReleaseGuard.Check(release.Figures, evaluation, limits);
        string note = verdict.Passed ? "passed" : $"refused: {string.Join(", ", verdict.Broken.Select(rule => rule.Name))}";
        return Task.FromResult(new StageOutput<GuardVerdict>(verdict, verdict.Rules.Count, "rules", note));
    }
}
