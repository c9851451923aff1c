using BatchRecs.Core.Errors;
using BatchRecs.Host.Scheduling;
using BatchRecs.Host.Serve;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Migrations;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Reads schedule files, and opens the store of the scheduler.</summary>
sealed class SchedulerQueries(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>The store that holds the scheduler's tables.</summary>
    const string StoreName = "serving";

    public async Task<ServeSettings> OpenAsync(CancellationToken token)
    {
        var schedules = ReadAll();
        var store = project.Open(StoreName, "the store of the scheduler", loggers);
        try
        {
            await new Migrator(store, clock).MigrateAsync(token);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
        var ledger = new RunLedger(store);
        return new ServeSettings { Store = store, Ping = stop => ledger.ListAsync(null, null, 1, stop), Schedules = schedules };
    }

    /// <summary>Checks every schedule file.</summary>
    public IEnumerable<JobCheck> Check()
    {
        foreach (string file in Files())
        {
            List<CheckFinding> findings = [];
            try
            {
                Read(file).ParseCron();
            }
            catch (ConfigurationException error)
            {
                findings.AddRange(error.Message.Split(Environment.NewLine).Select(line => new CheckFinding(Severity.Error, "", line)));
            }
            yield return new JobCheck(Path.GetRelativePath(project.Root, file), findings, null, null);
        }
    }

    /// <summary>Reads every schedule, and every job: a night is no time to find a slip.</summary>
    /// <exception cref="ConfigurationException">With the mistakes of all files.</exception>
    List<NamedSchedule> ReadAll()
    {
        var schedules = new List<NamedSchedule>();
        var mistakes = new List<string>();
        Try(() => JobFolder.RefreshJobs(project.Root));
        foreach (string file in Files())
            Try(() =>
            {
                var schedule = Read(file);
                schedule.ParseCron();
                schedules.Add(schedule);
            });
        return mistakes.Count == 0 ? schedules : throw new ConfigurationException(string.Join(Environment.NewLine, mistakes));

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (ConfigurationException error)
            {
                mistakes.Add(error.Message);
            }
        }
    }

    NamedSchedule Read(string file) => new(Path.GetFileNameWithoutExtension(file), ScheduleFile.Load(file, project.Root));

    IEnumerable<string> Files()
    {
        string folder = Path.Combine(project.Root, "schedules");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal) : [];
    }
}
