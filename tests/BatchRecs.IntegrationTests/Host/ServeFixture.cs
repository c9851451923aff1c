using System.Collections.Concurrent;
using System.Threading.Channels;
using BatchRecs.Host;
using BatchRecs.Host.Cli;
using BatchRecs.Host.Scheduling;
using BatchRecs.Host.Serve;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>A store in a temporary folder, on which servers are started one after the other.</summary>
sealed class ServeFixture : IDisposable
{
    readonly DirectoryInfo _folder = TemporaryFolders.Create("batchrecs-serve-");
    readonly Channel<RunRequest> _runs = Channel.CreateUnbounded<RunRequest>();

    /// <summary>What a run does after it was noted; by default it ends well at once.</summary>
    public Func<RunRequest, CancellationToken, Task<RunOutcome>> Work { get; set; } = (_, _) => Task.FromResult(Published());

    /// <summary>Whether the database answers.</summary>
    public Func<CancellationToken, Task> Ping { get; set; } = _ => Task.CompletedTask;

    /// <summary>The file of the store, inside the temporary folder.</summary>
    public string DatabaseFile { get; set; } = "serving.db";

    /// <summary>Every run so far.</summary>
    public ConcurrentQueue<RunRequest> Runs { get; } = new();

    public static RunOutcome Published() => new(1, "shop", RunState.Published, 7, [], "done");

    public static NamedSchedule Schedule(string name, string cron, string job = "jobs/shop.yaml") =>
        new(name, new ScheduleDefinition { Job = job, Cron = cron });

    /// <summary>Starts a server on a free port.</summary>
    public async Task<RunningServer> StartAsync(TimeProvider clock, params NamedSchedule[] schedules)
    {
        string database = Path.Combine(_folder.FullName, DatabaseFile);
        var settings = new ServeSettings
        {
            Store = new SqliteDatabase(new StoreSettings("serving", StoreProvider.Sqlite, $"Data Source={database}")),
            Ping = token => Ping(token),
            Schedules = schedules,
        };
        var services = new HostServices
        {
            ProjectRoot = _folder.FullName,
            Configuration = new ConfigurationBuilder().Build(),
            Loggers = NullLoggerFactory.Instance,
            Clock = clock,
            Terminal = new Terminal(TextWriter.Null, TextWriter.Null, IsInteractive: false),
            Engine = TestEngine.Unable with { Run = RunAsync },
        };
        var application = ServeApplication.Build(services, settings, "http://127.0.0.1:0");
        await application.StartAsync();
        return new RunningServer(application);
    }

    /// <summary>Waits for the next run.</summary>
    public async Task<RunRequest> NextRunAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _runs.Reader.ReadAsync(limit.Token);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, CancellationToken token)
    {
        observer.StageStarted(StageName.Extract);
        Runs.Enqueue(request);
        await _runs.Writer.WriteAsync(request, CancellationToken.None);
        return await Work(request, token);
    }
}

/// <summary>A started server; disposing it stops it in good order.</summary>
sealed class RunningServer(WebApplication application) : IAsyncDisposable
{
    public HttpClient Client { get; } = new() { BaseAddress = new Uri(application.Urls.Single()) };

    public IScheduler Scheduler => application.Services.GetRequiredService<SchedulerService>().Scheduler!;

    public async Task<ITrigger?> TriggerAsync(string schedule) =>
        await Scheduler.GetTrigger(new TriggerKey(schedule, ScheduleReconciler.Group));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
