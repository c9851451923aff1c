using BatchRecs.Core.Data;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;
using Quartz;

namespace BatchRecs.Host.Scheduling;

/// <summary>Tells the scheduler how far a run has come; it keeps the newest report in its store.</summary>
sealed class QuartzProgress(IJobExecutionContext context) : IRunObserver
{
    static readonly int StageCount = Enum.GetValues<StageName>().Length;

    /// <inheritdoc/>
    public void StageStarted(StageName stage) => Report(stage, 0, Words.Of(stage));

    /// <inheritdoc/>
    public void Progress(StageName stage, StageProgress progress)
    {
        double share = progress.Total > 0 ? Math.Clamp((double)progress.Done / progress.Total, 0, 1) : 0;
        Report(stage, share, $"{Words.Of(stage)}: {progress.Done} of {progress.Total} {progress.Unit}");
    }

    /// <inheritdoc/>
    public void StageFinished(StageReport report) => Report(report.Stage, 1, Words.Of(report.Stage));

    void Report(StageName stage, double share, string message) =>
        context.ReportProgress((int)(((int)stage + share) * 100 / StageCount), message);
}
