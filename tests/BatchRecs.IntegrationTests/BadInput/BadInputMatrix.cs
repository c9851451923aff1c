using System.Text.RegularExpressions;
using BatchRecs.Core.Errors;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using Npgsql;

namespace BatchRecs.IntegrationTests.BadInput;

/// <summary>How a run ended with bad input.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Message">What it told an operator; for a run that published, the note of extract. Volatile parts are replaced.</param>
/// <param name="Problem">What it or the good run after it did wrong; null = nothing.</param>
sealed record BadInputResult(int ExitCode, string Message, string? Problem);

/// <summary>
/// Runs every case once on each store: with a published release before it and a good run after it. The cases of a store share a
/// project, so each also begins where another one ended.
/// </summary>
public sealed partial class BadInputMatrix : IAsyncLifetime
{
    internal const string Stranger = "batchrecs_stranger";
    internal const string AsStranger = "{ warehouse: stranger }";

    /// <summary>Gets all cases in the order of the page, by group.</summary>
    internal static IReadOnlyList<(string Group, BadInput[] Cases)> Groups { get; } =
    [
        ("Values", [.. ValueCases.Values]),
        ("Ids", [.. ValueCases.Ids]),
        ("Times", [.. ValueCases.Times]),
        ("How much there is", [.. SourceCases.Amounts]),
        ("Tables, views and rights", [.. SourceCases.Relations]),
        ("Query files", [.. SourceCases.Queries]),
        ("Items, exclusions and live relations", [.. SourceCases.Related]),
    ];

    /// <summary>Gets the results by case and store.</summary>
    internal Dictionary<(string Case, StoreProvider Store), BadInputResult> Results { get; } = [];

    public async Task InitializeAsync()
    {
        await RunAllAsync(StoreProvider.Sqlite);
        await RunAllAsync(StoreProvider.Postgres);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    async Task RunAllAsync(StoreProvider provider)
    {
        bool isPostgres = provider == StoreProvider.Postgres;
        await using var project = await RefreshProject.ShopAsync(
            provider, job: Good(), events: [.. SomeShop.Events.Where(e => e.User < 40)]);
        if (isPostgres)
            await project.ExecuteAsync(
                $"do $$ begin create role {Stranger} login; exception when duplicate_object then null; end $$",
                $"grant create on schema public to {Stranger}");
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        var good = await project.PublishAsync();
        foreach (var input in Groups.SelectMany(group => group.Cases))
            if (input.Statements(isPostgres) is { } statements)
                Results[(input.Name, provider)] = await RunAsync(project, input, statements, good);
    }

    static async Task<BadInputResult> RunAsync(RefreshProject project, BadInput input, string[] statements, ServedLists good)
    {
        bool isPostgres = project.Serving.Settings.Provider == StoreProvider.Postgres;
        await project.ExecuteAsync([.. BadTables.Cleanup(isPostgres), .. statements]);
        if (input.Query is null)
            File.Delete(project.InFolder(BadTables.QueryPath));
        else
            await File.WriteAllTextAsync(project.InFolder(BadTables.QueryPath), input.Query);

        project.Write(input.Job(Good()
            .With("sources", $"[ {{ table: bad, {BadTables.Columns} }} ]")
            .With("rejects", "{ maxShare: 0, show: 2 }")));
        var (exitCode, message) = await EndAsync(project);
        var during = await project.ReadListsAsync();

        project.Write(Good());
        var (codeAfter, messageAfter) = await EndAsync(project);
        var after = await project.ReadListsAsync();

        string?[] problems =
        [
            exitCode == input.ExitCodeOn(isPostgres) ? null : $"exit code {exitCode}",
            exitCode == 0 || during.All.SequenceEqual(good.All) ? null : "the release before it is no longer served",
            message.Contains(BadTables.User, StringComparison.Ordinal) ? "the message names the user" : null,
            project.Log.Warnings.Any(text => text.Contains(BadTables.User, StringComparison.Ordinal)) ? "the log names the user" : null,
            codeAfter == 0 ? null : $"the good run after it ended with {codeAfter}: {messageAfter}",
            after.All.SequenceEqual(good.All) ? null : "the good run after it serves other lists",
        ];
        string problem = string.Join("; ", problems.OfType<string>());
        return new BadInputResult(exitCode, Steady(message, project), problem.Length == 0 ? null : $"{problem}. Message: {message}");
    }

    /// <summary>Runs the job and returns what the command would end with and say.</summary>
    static async Task<(int ExitCode, string Message)> EndAsync(RefreshProject project)
    {
        try
        {
            var context = project.Context with { Stores = Stores(project) };
            var request = new RunRequest(RefreshProject.JobPath, null, null, Fresh: false, DryRun: false, Trigger: "test");
            var outcome = await new RefreshRunner(context, project.Log, project.Clock).RunAsync(request, new RunWatcher(), default);
            return (outcome.ExitCode, outcome.ExitCode == 0 ? outcome.Stages[0].Note : outcome.Message);
        }
        catch (BatchRecsException error)
        {
            return (error.ExitCode, error.Message);
        }
        catch (Exception bug)
        {
            return (70, bug.ToString());
        }
    }

    static Dictionary<string, StoreSettings> Stores(RefreshProject project)
    {
        var stores = new Dictionary<string, StoreSettings>(project.Settings);
        if (project.Serving.Settings is { Provider: StoreProvider.Postgres } serving)
            stores["stranger"] = serving with
            {
                Name = "stranger",
                Connection = new NpgsqlConnectionStringBuilder(serving.Connection) { Username = Stranger }.ConnectionString,
            };
        return stores;
    }

    /// <summary>Every case reads other rows of the same table, so no run is a yardstick for another.</summary>
    static ShopJob Good() => new ShopJob()
        .With("asOf", "now")
        .With("guard", "{ noWorseThan: [], input: none, control: none, champion: none }");

    static string Steady(string message, RefreshProject project) => Numbered().Replace(
        message.Replace(project.InFolder(""), "", StringComparison.Ordinal), "$1 N");

    [GeneratedRegex(@"\b(release|run) \d+")]
    private static partial Regex Numbered();
}
