using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.ReRanking;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;
using BatchRecs.Store.Extract;
using BatchRecs.Store.Migrations;
using Microsoft.Extensions.Logging;

namespace BatchRecs.Pipeline.Checks;

/// <summary>
/// Says what is wrong with a job and its connections, what a run will cost, and whether the data suffice. Writes nothing.
/// </summary>
public sealed class JobChecker(ProjectContext project, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>Up to this many rows the events are read and looked at; beyond it sizes are estimated.</summary>
    const long ReadUpTo = 5_000_000;

    /// <summary>Checks a job.</summary>
    /// <param name="path">The job file.</param>
    /// <param name="token">Cancels.</param>
    public async Task<JobCheck> CheckAsync(string path, CancellationToken token)
    {
        var findings = new List<CheckFinding>();
        LoadedJob loaded;
        try
        {
            loaded = JobFile.Load(path, project.Root);
        }
        catch (ConfigurationException error)
        {
            return new JobCheck(path, [.. error.Message.Split(Environment.NewLine).Select(line => Error("", line))], null, null);
        }

        await TryAsync(findings, "stores.serving", async () =>
        {
            await using var serving = project.OpenServing(loaded, loggers);
            foreach (string missing in await ServingRights.MissingAsync(serving, token))
                findings.Add(new CheckFinding(
                    Severity.Error,
                    "stores.serving",
                    missing,
                    "batchrecs migrate --roles sets up what it may and prints the rest for a database administrator."));
        });
        foreach (string relation in LiveRelations(loaded.Job))
            await TryAsync(findings, "live", async () =>
            {
                await using var serving = project.OpenServing(loaded, loggers);
                await ServingRights.LookAsync(serving, relation, token);
            });
        CostEstimate? cost = null;
        DataSufficiency? sufficiency = null;
        await TryAsync(findings, "stores.warehouse", async () =>
        {
            await using var warehouse = project.OpenWarehouse(loaded, loggers);
            (cost, sufficiency) = await LookAsync(loaded, warehouse, findings, token);
        });
        var needs = cost is null ? [] : RunRoom.Of(project, loaded.Job, cost);
        foreach (var need in needs.Where(need => !need.Fits))
            findings.Add(Error($"limits.{need.What}", need.Message));
        return new JobCheck(loaded.Path, findings, cost, sufficiency) { Needs = needs };
    }

    /// <summary>Checks a prune job.</summary>
    /// <param name="path">The job file.</param>
    /// <param name="token">Cancels.</param>
    public async Task<JobCheck> CheckPruneAsync(string path, CancellationToken token)
    {
        var findings = new List<CheckFinding>();
        await TryAsync(findings, "", async () =>
        {
            var (job, shown) = JobFile.LoadPrune(path, project.Root);
            path = shown;
            await using var store = project.Open(job.Stores.Serving, $"{shown}: stores.serving", loggers);
            foreach (string missing in await ServingRights.MissingAsync(store, token))
                findings.Add(Error("stores.serving", missing));
        });
        return new JobCheck(path, findings, null, null);
    }

    /// <summary>Checks a tune job and the file of the job that it tunes; the check of that one looks at stores and data.</summary>
    /// <param name="path">The job file.</param>
    public JobCheck CheckTune(string path)
    {
        try
        {
            return new JobCheck(JobFile.LoadTune(path, project.Root).Path, [], null, null);
        }
        catch (ConfigurationException error)
        {
            return new JobCheck(path, [.. error.Message.Split(Environment.NewLine).Select(line => Error("", line))], null, null);
        }
    }

    async Task<(CostEstimate?, DataSufficiency?)> LookAsync(
        LoadedJob loaded, Database warehouse, List<CheckFinding> findings, CancellationToken token)
    {
        var plans = new ExtractPlans(loaded.Job, project.Root);
        var found = new List<SourceFindings>();
        await using (var session = await SourceSession.OpenAsync(warehouse, token))
        {
            foreach (var source in plans.Sources())
                found.Add(await SourceProbe.LookAsync(session, source, token));
            if (plans.Items() is { } items)
                AddProblems(findings, await SourceProbe.LookAsync(session, items, token));
            if (plans.Segments() is { } segments)
                AddProblems(findings, await SourceProbe.LookAsync(session, segments.AsItems(), token));
            if (plans.OutcomeLog() is { } log)
                AddProblems(findings, await SourceProbe.LookAsync(session, log, token));
            if (plans.Impressions(since: 0, until: 1, clock.GetUtcNow()) is { } shown)
                AddProblems(findings, await SourceProbe.LookAsync(session, shown.Sources[0], token));
        }
        if (found[0].UserKind is { } kind)
            foreach (var people in new[] { plans.Forget(), plans.OptOut() }.OfType<ExclusionSource>())
                await TryAsync(findings, "privacy", async () =>
                {
                    // A session of its own: after a query that fails, PostgreSQL takes no other in the same transaction.
                    await using var session = await SourceSession.OpenAsync(warehouse, token);
                    await ExclusionReader.UsersAsync(session, people, kind, token);
                });
        foreach (var source in found)
            AddProblems(findings, source);
        if (findings.Any(finding => finding.Severity == Severity.Error))
            return (null, null);

        long rows = found.Sum(source => source.Rows);
        if (rows > ReadUpTo)
        {
            findings.Add(Warning("sources", string.Create(
                CultureInfo.InvariantCulture,
                $"about {rows:N0} rows: sizes are estimated, and bad rows and sufficiency are not looked at.")));
            var (events, users, items) =
                ExtractArtifact.NewestSizes(project.OpenArtifacts(), loaded.Job.Recommender) ?? RunCost.Sizes(found);
            return (Cost(loaded.Job, events, users, items), null);
        }
        return await ReadAsync(loaded, warehouse, plans, findings, token);
    }

    async Task<(CostEstimate?, DataSufficiency?)> ReadAsync(
        LoadedJob loaded, Database warehouse, ExtractPlans plans, List<CheckFinding> findings, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var asOf = await AsOf.DefaultAsync(loaded, project.Root, warehouse, now, token);
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var (snapshot, report) = await InteractionReader.ReadAsync(session, plans.Plan(asOf, now).Request, null, token);
        foreach (var source in report.Sources)
        {
            foreach (var (reason, count) in source.Bad)
                findings.Add(Warning(source.Label, string.Create(CultureInfo.InvariantCulture, $"{count:N0} bad rows: {reason}.")));
            foreach (var (type, count) in source.UnknownTypes)
                findings.Add(Warning(
                    source.Label,
                    string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows of the unknown event type '{type}' are left out."),
                    "Name it under events, or map it with eventNames."));
        }
        if (plans.Rules() is { } rules)
            await TryAsync(findings, "rules", () => LookAtRulesAsync(rules, plans.Items(), snapshot, warehouse, findings, token));
        // A trending job learns nothing, so no data are too few for it.
        return (
            Cost(loaded.Job, snapshot.Interactions.Count, snapshot.Users.Count, snapshot.Items.Count),
            loaded.Job.Kind == JobKind.Trending
                ? null
                : Sufficiency.Of(snapshot, new Recipe(JobPlan.Recipe(loaded.Job)), JobPlan.Evaluation(loaded.Job).Holdout));
    }

    /// <summary>Asks what rules ask, and warns of those that mean nothing: a misspelt id or category would go unnoticed.</summary>
    static async Task LookAtRulesAsync(
        RuleSource rules, ItemSource? items, Snapshot snapshot, Database warehouse, List<CheckFinding> findings, CancellationToken token)
    {
        await using var session = await SourceSession.OpenAsync(warehouse, token);
        var known = items is null
            ? snapshot
            : snapshot with { Catalog = await ItemReader.ReadAsync(session, items, snapshot.Items, token) };
        var asked = await RuleReader.ReadAsync(session, rules, known, token);
        var meant = RuleEntries.Of(rules.Rules, known, asked).Select(entry => entry.Rule).ToHashSet();
        for (int n = 0; n < rules.Rules.Count; n++)
            if (!meant.Contains(n))
                findings.Add(Warning(
                    $"rules[{n}]", "it means no item that has an event.", "Check its ids, its category or its query, or take it out."));
    }

    static string[] LiveRelations(RefreshJob job) =>
        [.. new[] { job.Live.Eligible?.Table, job.Live.Seen?.Table }.OfType<string>().Distinct()];

    CostEstimate Cost(RefreshJob job, long events, long users, long items) =>
        RunCost.Of(job, events, users, items, project.Stores[job.Stores.Serving].Provider);

    static void AddProblems(List<CheckFinding> findings, SourceFindings source)
    {
        foreach (var problem in source.Problems)
            findings.Add(
                new CheckFinding(Severity.Error, problem.Where, $"found {problem.Found}; expected {problem.Expected}.", problem.Remedy));
    }

    static async Task TryAsync(List<CheckFinding> findings, string where, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (BatchRecsException error)
        {
            findings.AddRange(error.Message.Split(Environment.NewLine).Select(line => Error(where, line)));
        }
    }

    static CheckFinding Error(string where, string message) => new(Severity.Error, where, message);

    static CheckFinding Warning(string where, string message, string remedy = "") => new(Severity.Warning, where, message, remedy);
}
