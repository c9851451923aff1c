using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using BatchRecs.Store.Releases;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Brings serving stores up to date, or writes the script for it.</summary>
sealed class MigrationEngine(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken token)
    {
        var lines = new List<string>();
        foreach (string name in Jobs().Select(job => job.Job.Stores.Serving).Distinct())
        {
            await using var store = project.Open(name, "stores.serving of a job", loggers);
            var applied = await new Migrator(store, clock).MigrateAsync(token);
            lines.Add(applied.Count == 0 ? $"{name}: up to date" : $"{name}: applied {string.Join(", ", applied)}");
        }
        return lines;
    }

    /// <summary>Removes a recommender from every serving store that has it.</summary>
    /// <exception cref="ConfigurationException">None has it; the message lists what there is.</exception>
    /// <exception cref="BusyException">A run of it is under way.</exception>
    public async Task<IReadOnlyList<string>> RecreateAsync(string recommender, CancellationToken token)
    {
        var jobs = Jobs();
        var lines = new List<string>();
        var known = new List<string>();
        foreach (string name in jobs.Select(job => job.Job.Stores.Serving).Distinct())
        {
            await using var store = project.Open(name, "stores.serving of a job", loggers);
            await new Migrator(store, clock).MigrateAsync(token);
            var releases = new ReleaseStore(store);
            known.AddRange(await releases.ListRecommendersAsync(token));
            if (await releases.FindRecommenderAsync(recommender, token) is null)
                continue;
            await using var lease = await RunLease.TakeAsync(
                store, recommender, "migrate --recreate", loggers.CreateLogger<MigrationEngine>(), token);
            int count = (await releases.ListAsync(recommender, token)).Count;
            if (await lease.RunAsync(work => new ReleaseStore(store, lease.Fence).DropRecommenderAsync(recommender, work)))
                lines.Add($"{name}: removed recommender {recommender} with its tables and views and {Numbers.Quantity(count, "releases")}");
        }
        if (lines.Count == 0)
            throw new ConfigurationException(
                $"No serving store of a job has a recommender '{recommender}'. "
                + $"There are: {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
        lines.AddRange(jobs.Where(job => job.Job.Recommender == recommender)
            .Select(job => $"batchrecs run {job.Path} makes them anew; rights on its views must be granted again"));
        return lines;
    }

    /// <summary>Writes one script per serving store; the sources tell the types of ids, which the tables need.</summary>
    /// <param name="roles">The roles that it creates.</param>
    /// <param name="token">Cancels.</param>
    public async Task<string> ScriptAsync(RoleNames roles, CancellationToken token)
    {
        var scripts = new List<string>();
        foreach (var jobs in Jobs().GroupBy(job => job.Job.Stores.Serving))
        {
            await using var store = project.Open(jobs.Key, "stores.serving of a job", loggers);
            var specs = new List<RecommenderSpec>();
            var leftOut = new List<string>();
            foreach (var job in jobs)
            {
                await using var warehouse = project.OpenWarehouse(job, loggers);
                try
                {
                    var (user, item) = await IdTypes.OfAsync(job.Job, project.Root, warehouse, token);
                    specs.Add(IdTypes.Spec(job.Job, user, item));
                }
                catch (InputDataException error)
                {
                    leftOut.Add($"-- Left out: {job.Path}, whose sources cannot be described: {error.Message.ReplaceLineEndings(" ")}");
                }
            }
            var readable = jobs.Where(job => job.Job.Stores.Warehouse == jobs.Key).SelectMany(JobRelations.Sources);
            string[] head = [$"-- Store {jobs.Key}. {About(store.Settings.Provider)}", .. leftOut];
            scripts.Add(string.Join(Environment.NewLine, [.. head, new Migrator(store, clock).Script(specs, roles, readable)]));
        }
        return string.Join(Environment.NewLine, scripts);
    }

    static string About(StoreProvider provider) => provider == StoreProvider.Postgres
        ? "It may be run again at any time. Not in it: the scheduler's tables (qrtz_*), which serve makes in the internal schema with the "
            + "rights of its owner, and the tables of each release, which every run makes there."
        : "For a file that does not exist yet; an older one is brought up to date by batchrecs migrate. Not in it: the scheduler's tables "
            + "(qrtz_*), which serve makes.";

    /// <summary>Sets up the roles of every store as far as the connected role may, or only says what is needed.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="apply">False = nothing is run.</param>
    /// <param name="token">Cancels.</param>
    public async Task<IReadOnlyList<StoreRightsView>> GrantAsync(RoleNames roles, bool apply, CancellationToken token)
    {
        var jobs = Jobs();
        var views = new List<StoreRightsView>();
        foreach (string name in jobs.SelectMany(job => new[] { job.Job.Stores.Serving, job.Job.Stores.Warehouse }).Distinct())
        {
            await using var store = project.Open(name, "a store of a job", loggers);
            var serving = jobs.Where(job => job.Job.Stores.Serving == name).ToList();
            var read = jobs.Where(job => job.Job.Stores.Warehouse == name).ToList();
            string[] relations = [.. serving.SelectMany(JobRelations.Live), .. read.SelectMany(JobRelations.Sources)];
            var granter = new RightsGranter(store, roles);
            var report = apply
                ? await granter.ApplyAsync(serving.Count > 0, relations, token)
                : granter.Print(serving.Count > 0, relations);
            views.Add(new StoreRightsView(
                name,
                store.Settings.Provider,
                report.InForce,
                report.Missing,
                [.. read.SelectMany(JobRelations.Queries).Distinct()]));
        }
        return views;
    }

    IReadOnlyList<LoadedJob> Jobs() => JobFolder.RefreshJobs(project.Root);
}
