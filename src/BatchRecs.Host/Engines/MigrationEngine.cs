using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Migrations;
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

    /// <summary>Writes one script per serving store; the tables of a recommender need the types of its ids, which its sources tell.</summary>
    public async Task<string> ScriptAsync(CancellationToken token)
    {
        var scripts = new List<string>();
        foreach (var jobs in Jobs().GroupBy(job => job.Job.Stores.Serving))
        {
            await using var store = project.Open(jobs.Key, "stores.serving of a job", loggers);
            var specs = new List<Store.Releases.RecommenderSpec>();
            foreach (var job in jobs)
            {
                await using var warehouse = project.OpenWarehouse(job, loggers);
                var (user, item) = await IdTypes.OfAsync(job.Job, project.Root, warehouse, token);
                specs.Add(IdTypes.Spec(job.Job, user, item));
            }
            scripts.Add($"-- Store {jobs.Key}{Environment.NewLine}{new Migrator(store, clock).Script(specs)}");
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
