using BatchRecs.Core.Data;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Passes the progress of one stage to whoever watches the run.</summary>
sealed class StageReporter(IRunObserver observer, StageName stage) : IProgress<StageProgress>
{
    public void Report(StageProgress value) => observer.Progress(stage, value);
}
