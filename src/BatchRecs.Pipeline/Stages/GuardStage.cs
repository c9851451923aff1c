using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Ledger;

namespace BatchRecs.Pipeline.Stages;

/// <summary>
/// Checks what was read before anything is trained, and the finished release before it is published; says so rule by rule, in the ledger
/// too, and changes no list.
/// </summary>
/// <param name="ledger">Has the figures of earlier runs.</param>
/// <param name="plan">What is compared, and the limits.</param>
/// <param name="run">Whose verdict it is.</param>
public sealed class GuardStage(GuardLedger ledger, GuardPlan plan, GuardedRun run)
{
    /// <summary>Compares what was read with the last good runs. A broken load is refused here, hours before the end of the run.</summary>
    public async Task<GuardVerdict> CheckInputsAsync(ExtractedData extracted, CancellationToken token)
    {
        var figures = await Task.Run(
            () => InputFigures.Of(extracted.Snapshot, extracted.Report.BadRows, Micros.Of(run.AsOf)), token).WaitAsync(token);
        var limits = plan.Input;
        var history = limits is null
            ? []
            : await ledger.GoodRunsAsync(run.Recommender, plan.Sources, run.AsOf, plan.InputHistory, sinceOverride: false, token);
        await ledger.SaveFiguresAsync(run.RunId, plan.Sources, figures.ToFigures(), token);
        return new GuardVerdict(limits is null ? [] : InputGuard.Check(figures, [.. history.Select(InputFigures.From)], limits));
    }

    /// <summary>Ends a run whose rows are refused: the verdict on them is that on the run.</summary>
    public async Task<StageOutput<GuardVerdict>> RefuseAsync(GuardVerdict inputs, CancellationToken token)
    {
        await ledger.SaveVerdictAsync(run.RunId, inputs, null, token);
        return Output(inputs);
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="inputs">The verdict on what was read.</param>
    /// <param name="release">The finished release.</param>
    /// <param name="evaluation">The measurement that holds for this run; null = there is none.</param>
    /// <param name="isNew">True = it was made in this run; one of an earlier night says nothing new of what is usual.</param>
    /// <param name="champion">The definition that the run's own is compared with.</param>
    /// <param name="token">Cancels.</param>
    public async Task<StageOutput<GuardVerdict>> RunAsync(
        GuardVerdict inputs, BuiltRelease release, EvaluationReport? evaluation, bool isNew, Champion champion, CancellationToken token)
    {
        var verdict = new GuardVerdict(
        [
            .. inputs.Rules,
            .. ReleaseGuard.Check(release.Figures, evaluation, plan.Release).Rules,
            .. await CompareWithUsualAsync(plan.Definition, ControlGuard.FiguresOf(release.Figures), token),
            .. evaluation is not null && isNew
                ? await CompareWithUsualAsync(plan.Measured, ControlGuard.FiguresOf(evaluation), token)
                : [],
            .. CompareWithChampion(evaluation, champion),
        ]);
        await ledger.SaveVerdictAsync(
            run.RunId, verdict, !verdict.Passed && verdict.Allows(run.Override is not null) ? run.Override : null, token);
        return Output(verdict);
    }

    async Task<IReadOnlyList<GuardRule>> CompareWithUsualAsync(
        string definition, IReadOnlyDictionary<string, double> figures, CancellationToken token)
    {
        var limits = plan.Control;
        var history = limits is null
            ? []
            : await ledger.GoodRunsAsync(run.Recommender, definition, run.AsOf, plan.ControlHistory, sinceOverride: true, token);
        await ledger.SaveFiguresAsync(run.RunId, definition, figures, token);
        return limits is null ? [] : ControlGuard.Check(figures, history, limits);
    }

    IReadOnlyList<GuardRule> CompareWithChampion(EvaluationReport? evaluation, Champion champion)
    {
        if (champion.Recipe is null)
            return [NotCompared(champion.Note, isWanted: champion.IsLost)];
        var list = evaluation?.List(EvaluationReport.MainList);
        if (list is null)
            return [NotCompared("Whether the changed definition is worse is unknown: nothing could be measured.")];
        return evaluation!.NotCompared.FirstOrDefault(other => other.Name == champion.Recipe.Name) is { } missing
            ? [NotCompared($"The definition of the current release could not be measured: {missing.Reason}")]
            : new ChampionGuard(list, champion.Recipe.Name, plan.Champion).Check();
    }

    /// <summary>What should have been compared and was not is as little known as what too few users tell.</summary>
    GuardRule NotCompared(string why, bool isWanted = true) => GuardRule.Of(
        "champion",
        null,
        0,
        !(isWanted && plan.Champion.HoldsInconclusive),
        why,
        "If it is to be so, run with --override, or set guard.champion.inconclusive: publish.");

    StageOutput<GuardVerdict> Output(GuardVerdict verdict)
    {
        string broken = string.Join(", ", verdict.Broken.Select(rule => rule.Name));
        string note = verdict.Passed ? "passed"
            : verdict.Allows(run.Override is not null) ? $"overridden by {run.Override!.By}: {broken}"
            : $"refused: {broken}";
        return new StageOutput<GuardVerdict>(verdict, verdict.Rules.Count, "rules", note);
    }
}

/// <summary>What a run's guards compare, and the limits.</summary>
public sealed record GuardPlan
{
    /// <summary>Gets the hash of the sources: only runs that read the same ones are compared.</summary>
    public required string Sources { get; init; }

    /// <summary>Gets the hash of what a release depends on but for its data: only releases of the same are compared.</summary>
    public required string Definition { get; init; }

    /// <summary>Gets the hash of what a measurement depends on: only measurements of the same are compared.</summary>
    public required string Measured { get; init; }

    /// <summary>Gets the limits of a finished release.</summary>
    public required GuardLimits Release { get; init; }

    /// <summary>Gets the limits of what is read; null = it is not compared.</summary>
    public InputLimits? Input { get; init; }

    /// <summary>Gets with how many good runs it is compared.</summary>
    public int InputHistory { get; init; }

    /// <summary>Gets the control limits; null = nothing is compared.</summary>
    public ControlLimits? Control { get; init; }

    /// <summary>Gets with how many good runs the figures are compared.</summary>
    public int ControlHistory { get; init; }

    /// <summary>Gets what a changed definition must keep.</summary>
    public required ChampionLimits Champion { get; init; }
}

/// <summary>Whose verdict it is.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Recommender">Its recommender.</param>
/// <param name="AsOf">The time up to which events count.</param>
/// <param name="Override">Who publishes whatever the limits say; null = nobody.</param>
public sealed record GuardedRun(long RunId, string Recommender, DateTimeOffset AsOf, GuardOverride? Override);
