using BatchRecs.Core.Errors;
using BatchRecs.Host.Cli;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
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
        var jobs = Jobs().ToList();
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
            if (await new ReleaseStore(store, lease.Fence).DropRecommenderAsync(recommender, lease.Token))
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
    public async Task<string> ScriptAsync(CancellationToken token)
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
            string[] head = [$"-- Store {jobs.Key}", .. leftOut];
            scripts.Add(string.Join(Environment.NewLine, [.. head, new Migrator(store, clock).Script(specs)]));
        }
        return string.Join(Environment.NewLine, scripts);
    }

    IEnumerable<LoadedJob> Jobs()
    {
        string folder = Path.Combine(project.Root, "jobs");
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
        return files.Select(file => JobFile.Load(file, project.Root));
    }
}
