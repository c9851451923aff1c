using BatchRecs.Core.Data;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>Tells a test what a run does, at the moment at which it does it.</summary>
sealed class RunWatcher(
    Action<StageReport>? finished = null,
    Action<StageName>? started = null,
    Action<StageName, StageProgress>? progress = null) : IRunObserver
{
    public void StageStarted(StageName stage) => started?.Invoke(stage);

    public void Progress(StageName stage, StageProgress value) => progress?.Invoke(stage, value);

    public void StageFinished(StageReport report) => finished?.Invoke(report);
}
