using BatchRecs.Host.Engines;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Exploration;
using BatchRecs.Pipeline.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host;

/// <summary>Puts the engine together from the pipeline and the stores.</summary>
static class Composition
{
    /// <summary>Creates what the commands ask for their answers.</summary>
    /// <param name="projectRoot">The folder that holds <c>jobs/</c>.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="loggers">The loggers.</param>
    /// <param name="clock">The clock.</param>
    public static Engine CreateEngine(string projectRoot, IConfiguration configuration, ILoggerFactory loggers, TimeProvider clock)
    {
        var project = new ProjectContext(
            projectRoot,
            Path.Combine(projectRoot, ".batchrecs"),
            StoreSettingsReader.Stores(configuration, projectRoot),
            StoreSettingsReader.Schemas(configuration));
        // Whoever asks a question by hand rather sees the error than waits; a run bears with a server that is restarted.
        var patient = project with { Retries = RetrySettingsReader.Read(configuration) };
        var runner = new RefreshRunner(patient, loggers, clock);
        var serving = new ServingQueries(project, loggers);
        var stores = new JobStore(project, loggers, clock);
        var ledger = new LedgerQueries(stores, clock);
        var quality = new QualityQueries(stores);
        var migration = new MigrationEngine(project, loggers, clock);
        var scheduler = new SchedulerQueries(project, loggers, clock);
        var privacy = new PrivacyEngine(project, loggers, clock);
        return new Engine
        {
            Run = runner.RunAsync,
            KindOf = path => JobFile.KindOf(path, projectRoot),
            Prune = new PruneRunner(patient, loggers, clock).RunAsync,
            Demo = new DemoEngine(project, runner, serving, loggers).RunAsync,
            Evaluate = async (request, observer, token) =>
            {
                var (job, report) = await new Measurement(project, loggers, clock).RunAsync(request, observer, token);
                return (EvaluationViews.Of(job.Recommender, report), report);
            },
            MeasureExploration = new ExplorationMeasurement(project, loggers, clock).RunAsync,
            Check = new CheckEngine(project, new JobChecker(project, loggers, clock), scheduler).CheckAsync,
            Migrate = migration.MigrateAsync,
            Recreate = migration.RecreateAsync,
            MigrationScript = migration.ScriptAsync,
            Grant = migration.GrantAsync,
            Recommend = serving.RecommendAsync,
            Similar = serving.SimilarAsync,
            ListReleases = ledger.ListReleasesAsync,
            ShowRelease = ledger.ShowReleaseAsync,
            DiffReleases = quality.DiffAsync,
            Quality = quality.QualityAsync,
            Rollback = ledger.RollbackAsync,
            ListRuns = ledger.ListRunsAsync,
            ShowRun = ledger.ShowRunAsync,
            Forget = privacy.ForgetAsync,
            Readmit = privacy.ReadmitAsync,
            Export = privacy.ExportAsync,
            ListRejected = ledger.ListRejectedAsync,
            CancelRun = new RunCancellation(project, loggers, clock).CancelAsync,
            OpenScheduler = scheduler.OpenAsync,
        };
    }
}
