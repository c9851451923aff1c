using BatchRecs.Host;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Host;

/// <summary>Engines for tests of the command line.</summary>
static class TestEngine
{
    /// <summary>An engine that can do nothing; a test replaces the operation that it is about.</summary>
    public static Engine Unable { get; } = new()
    {
        Run = (_, _, _) => throw Unexpected(),
        Demo = (_, _, _) => throw Unexpected(),
        Evaluate = (_, _, _) => throw Unexpected(),
        MeasureExploration = (_, _) => throw Unexpected(),
        Check = (_, _) => throw Unexpected(),
        Migrate = _ => throw Unexpected(),
        Recreate = (_, _) => throw Unexpected(),
        MigrationScript = (_, _) => throw Unexpected(),
        Grant = (_, _, _) => throw Unexpected(),
        KindOf = _ => JobKind.Refresh,
        Prune = (_, _, _) => throw Unexpected(),
        Recommend = (_, _, _, _) => throw Unexpected(),
        Similar = (_, _, _, _) => throw Unexpected(),
        ListReleases = (_, _) => throw Unexpected(),
        ShowRelease = (_, _, _) => throw Unexpected(),
        DiffReleases = (_, _, _, _, _) => throw Unexpected(),
        Quality = (_, _, _) => throw Unexpected(),
        Rollback = (_, _, _, _) => throw Unexpected(),
        ListRuns = (_, _, _, _) => throw Unexpected(),
        ShowRun = (_, _, _) => throw Unexpected(),
        Forget = (_, _, _) => throw Unexpected(),
        Readmit = (_, _, _) => throw Unexpected(),
        Export = (_, _, _) => throw Unexpected(),
        ListRejected = (_, _, _, _) => throw Unexpected(),
        CancelRun = (_, _, _, _) => throw Unexpected(),
        OpenScheduler = _ => throw Unexpected(),
    };

    static InvalidOperationException Unexpected() => new("This test does not expect the operation.");
}
