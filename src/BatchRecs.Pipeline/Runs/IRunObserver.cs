using BatchRecs.Core.Data;

namespace BatchRecs.Pipeline.Runs;

/// <summary>Watches a run from outside: a progress display, a log. It never changes what the run does.</summary>
/// <remarks>Start and finish of a stage are told in order by one thread; progress may be told by several at once.</remarks>
public interface IRunObserver
{
    /// <summary>A stage begins.</summary>
    void StageStarted(StageName stage);

    /// <summary>A stage has come further.</summary>
    void Progress(StageName stage, StageProgress progress);

    /// <summary>A stage ended well; a stage that fails is not told.</summary>
    void StageFinished(StageReport report);
}
