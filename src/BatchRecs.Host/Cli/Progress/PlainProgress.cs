using BatchRecs.Core.Data;
using BatchRecs.Host.Cli.Rendering;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Host.Cli.Progress;

/// <summary>Progress as lines, for pipes and log files: one at the end of a stage, and one every ten seconds in between.</summary>
sealed class PlainProgress(TextWriter writer, TimeProvider clock) : IRunObserver
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    readonly Lock _lock = new();
    long _stageStarted;
    long _lastLine;

    /// <inheritdoc/>
    public void StageStarted(StageName stage)
    {
        lock (_lock)
            _stageStarted = _lastLine = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Progress(StageName stage, StageProgress progress)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_lastLine) < Interval)
                return;
            _lastLine = clock.GetTimestamp();
            writer.WriteLine($"{Words.Of(stage)}: {ProgressText.Describe(progress, clock.GetElapsedTime(_stageStarted))}");
        }
    }

    /// <inheritdoc/>
    public void StageFinished(StageReport report)
    {
        lock (_lock)
            writer.WriteLine(ProgressText.Describe(report));
    }
}
