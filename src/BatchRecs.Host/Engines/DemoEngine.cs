using System.Data.Common;
using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Host.Cli.Views;
using BatchRecs.Host.Demo;
using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Import;
using BatchRecs.Store.Ledger;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Host.Engines;

/// <summary>Loads a sample, runs its job, and looks up what the demo shows, in the tables that any application reads.</summary>
sealed class DemoEngine(ProjectContext project, RefreshRunner runner, ServingQueries serving, ILoggerFactory loggers)
{
    const int Customers = 3;
    const int SimilarTo = 2;
    const int Shown = 10;

    public async Task<DemoView> RunAsync(DemoSample sample, IRunObserver observer, CancellationToken token)
    {
        string path = Path.Combine(project.Root, sample.JobFile);
        var job = JobFile.Load(path, project.Root);
        await using var store = project.OpenServing(job, loggers);
        foreach (var table in sample.Tables)
            await CsvLoader.LoadAsync(
                store,
                Path.Combine(project.Root, table.File),
                table.Table,
                table.Numbers.ToDictionary(column => column.Column, column => column.Type),
                null,
                token);

        // Fresh: the demo shows what each stage costs, also when it runs for the second time.
        var outcome = await runner.RunAsync(new RunRequest(path, Fresh: true, Trigger: "demo"), observer, token);
        var ledger = new RunLedger(store);
        var extract = await ExtractAsync(ledger, outcome, token);
        var customers = new List<DemoCustomer>();
        foreach (int user in SomeUsers(extract.Snapshot))
            customers.Add(await CustomerAsync(path, extract, user, job.Job.Again is not null, token));
        var similar = new List<SimilarListView>();
        foreach (int item in SomeItems(extract.Snapshot))
            similar.Add(await serving.SimilarAsync(path, extract.Snapshot.Items.ToText(item), 5, token));
        return new DemoView
        {
            Title = sample.Title,
            Recommender = job.Job.Recommender,
            Outcome = outcome,
            Evaluations = await EvaluationsAsync(ledger, job.Job.Recommender, token),
            Words = sample.Words,
            Customers = customers,
            Similar = similar,
            DatabasePath = DatabasePath(store),
        };
    }

    /// <summary>Opens what the run read: histories and titles.</summary>
    async Task<ExtractedData> ExtractAsync(RunLedger ledger, RunOutcome outcome, CancellationToken token)
    {
        var run = await ledger.GetAsync(outcome.RunId, token);
        string key = run!.Stages.Single(stage => stage.Stage == nameof(StageName.Extract)).Key;
        var artifact = project.OpenArtifacts().Open(outcome.Recommender, "extract", key, out string? damage);
        return ExtractArtifact.Read(artifact ?? throw new IOException(damage ?? "The artifact of extract is gone."));
    }

    async Task<DemoCustomer> CustomerAsync(string path, ExtractedData extract, int user, bool hasAgain, CancellationToken token)
    {
        string id = extract.Snapshot.Users.ToText(user);
        var list = await serving.RecommendAsync(path, id, Shown, token);
        return new DemoCustomer(id, Latest(extract, user), list.Items, hasAgain ? await serving.AgainAsync(path, id, 3, token) : []);
    }

    static List<HistoryEntry> Latest(ExtractedData extract, int user)
    {
        var events = extract.Snapshot.Interactions;
        return [.. Enumerable.Range(0, events.Count)
            .Where(row => events.Users[row] == user)
            .OrderByDescending(row => events.Times[row])
            .ThenBy(row => events.Items[row])
            .DistinctBy(row => events.Items[row])
            .Take(Shown)
            .Select(row => new HistoryEntry(
                DateOnly.FromDateTime(Micros.ToTime(events.Times[row]).UtcDateTime),
                extract.Snapshot.Items.ToText(events.Items[row]),
                extract.Items.Titles[events.Items[row]]))];
    }

    /// <summary>Picks users with a middling history, spread evenly over the ids, neither the richest nor the poorest case.</summary>
    static int[] SomeUsers(Snapshot snapshot)
    {
        int[] events = new int[snapshot.Users.Count];
        foreach (int user in snapshot.Interactions.Users)
            events[user]++;
        long recent = snapshot.DataUntil - (30 * 86_400_000_000L);
        var active = snapshot.Interactions.Users.Where((_, row) => snapshot.Interactions.Times[row] > recent).ToHashSet();
        int[] middling = [.. Enumerable.Range(0, events.Length).Where(user => events[user] is >= 15 and <= 60 && active.Contains(user))];
        return Spread(middling, Customers);
    }

    /// <summary>Picks two well-known items.</summary>
    static int[] SomeItems(Snapshot snapshot)
    {
        int[] events = new int[snapshot.Items.Count];
        foreach (int item in snapshot.Interactions.Items)
            events[item]++;
        int[] known = [.. Enumerable.Range(0, events.Length).OrderByDescending(item => events[item]).ThenBy(item => item).Take(20)];
        return Spread(known, SimilarTo);
    }

    static int[] Spread(int[] from, int count) =>
        [.. Enumerable.Range(0, Math.Min(count, from.Length)).Select(n => from[n * from.Length / count])];

    static async Task<IReadOnlyList<EvaluationView>> EvaluationsAsync(RunLedger ledger, string recommender, CancellationToken token) =>
        await ledger.LastEvaluationAsync(recommender, token) is { } last
            ? EvaluationViews.Of(recommender, JsonSerializer.Deserialize<EvaluationReport>(last.Report, JsonSerializerOptions.Web)!)
            : [];

    static string DatabasePath(Database store)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = store.Settings.Connection };
        string path = connection["Data Source"].ToString()!;
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
