using BatchRecs.Pipeline.Checks;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Host.Demo;
using BatchRecs.Host.Serve;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Exploration;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Privacy;

namespace BatchRecs.Host;

/// <summary>What the commands ask of the pipeline and the stores; job paths are absolute.</summary>
/// <remarks>Every operation ends with its answer or with a BatchRecsException that says what to do.</remarks>
sealed record Engine
{
    /// <summary>Gets the operation that runs a refresh job.</summary>
    public required Func<RunRequest, IRunObserver, CancellationToken, Task<RunOutcome>> Run { get; init; }

    /// <summary>Gets the operation that tells what kind of job a file is.</summary>
    public required Func<string, JobKind> KindOf { get; init; }

    /// <summary>Gets the operation that runs a prune job: job, whether it only says what would go.</summary>
    public required Func<string, bool, CancellationToken, Task<PruneOutcome>> Prune { get; init; }

    /// <summary>Gets the operation that loads a sample, runs its job and looks up what the demo shows.</summary>
    public required Func<DemoSample, IRunObserver, CancellationToken, Task<DemoView>> Demo { get; init; }

    /// <summary>
    /// Gets the operation that measures the recipe of a job without making a release; beside the tables the whole report.
    /// </summary>
    public required Func<
        MeasurementRequest, IRunObserver, CancellationToken, Task<(IReadOnlyList<EvaluationView> Tables, EvaluationReport Report)>> Evaluate
    {
        get;
        init;
    }

    /// <summary>Gets the operation that works out what drawn items brought: job.</summary>
    public required Func<string, CancellationToken, Task<ExplorationFindings>> MeasureExploration { get; init; }

    /// <summary>Gets the operation that checks the named jobs, or all jobs and schedules for an empty list.</summary>
    public required Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<JobCheck>>> Check { get; init; }

    /// <summary>Gets the operation that brings every serving store up to date and says what it did, a line each.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<string>>> Migrate { get; init; }

    /// <summary>Gets the operation that removes a recommender with all its releases and says what it did, a line each.</summary>
    public required Func<string, CancellationToken, Task<IReadOnlyList<string>>> Recreate { get; init; }

    /// <summary>Gets the operation that writes all DDL and grants as one script, without touching a store.</summary>
    public required Func<RoleNames, CancellationToken, Task<string>> MigrationScript { get; init; }

    /// <summary>
    /// Gets the operation that sets up the two roles in every store of a job as far as it may (true), or only lists what they need (false).
    /// </summary>
    public required Func<RoleNames, bool, CancellationToken, Task<IReadOnlyList<StoreRightsView>>> Grant { get; init; }

    /// <summary>Gets the operation that reads a user's list: job, user id, count.</summary>
    public required Func<string, string, int, CancellationToken, Task<RecommendationListView>> Recommend { get; init; }

    /// <summary>Gets the operation that reads the items similar to an item: job, item id, count.</summary>
    public required Func<string, string, int, CancellationToken, Task<SimilarListView>> Similar { get; init; }

    /// <summary>Gets the operation that lists the releases of a job, newest first.</summary>
    public required Func<string, CancellationToken, Task<IReadOnlyList<ReleaseRow>>> ListReleases { get; init; }

    /// <summary>Gets the operation that reads one release of a job; without an id, the current one.</summary>
    public required Func<string, long?, CancellationToken, Task<ReleaseRow>> ShowRelease { get; init; }

    /// <summary>Gets the operation that compares two releases of a job: the older, the newer, how far.</summary>
    public required Func<string, long, long, DiffLimits, CancellationToken, Task<ReleaseDifferenceView>> DiffReleases { get; init; }

    /// <summary>Gets the operation that tells how the served lists of a job did: job, how many nights and releases.</summary>
    public required Func<string, int, CancellationToken, Task<QualityView>> Quality { get; init; }

    /// <summary>
    /// Gets the operation that makes another release of a job current: job, release or null for the one before, reason or null.
    /// </summary>
    public required Func<string, long?, string?, CancellationToken, Task<RollbackView>> Rollback { get; init; }

    /// <summary>Gets the operation that lists the runs of a job, newest first: job, state or null, count.</summary>
    public required Func<string, string?, int, CancellationToken, Task<IReadOnlyList<RunRow>>> ListRuns { get; init; }

    /// <summary>Gets the operation that reads one run of a job with its stages; without an id, the newest.</summary>
    public required Func<string, long?, CancellationToken, Task<RunRow>> ShowRun { get; init; }

    /// <summary>Gets the operation that removes a user from everything: user id, job or null for all; a receipt per recommender.</summary>
    public required Func<string, string?, CancellationToken, Task<IReadOnlyList<Erasure>>> Forget { get; init; }

    /// <summary>Gets the operation that lets a forgotten user come back: user id, job or null for all; whose set changed.</summary>
    public required Func<string, string?, CancellationToken, Task<IReadOnlyList<string>>> Readmit { get; init; }

    /// <summary>Gets the operation that puts together what is held about a user: user id, job or null for all.</summary>
    public required Func<string, string?, CancellationToken, Task<PersonalData>> Export { get; init; }

    /// <summary>Gets the operation that lists rows that a run could not use: job, run or null for the newest, count.</summary>
    public required Func<string, long?, int, CancellationToken, Task<RejectedView>> ListRejected { get; init; }

    /// <summary>
    /// Gets the operation that cancels a run of a job and waits for its end: job, run or null for the one under way, reason or null.
    /// </summary>
    public required Func<string, long?, string?, CancellationToken, Task<CancelView>> CancelRun { get; init; }

    /// <summary>Gets the operation that reads the schedules and opens the store of the scheduler.</summary>
    public required Func<CancellationToken, Task<ServeSettings>> OpenScheduler { get; init; }
}
