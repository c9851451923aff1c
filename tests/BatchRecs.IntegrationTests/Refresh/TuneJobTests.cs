using System.Text.Json;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Searching;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A tune job finds settings that were planted as better, proposes them, and leaves everything else as it is.</summary>
public sealed class TuneJobTests
{
    const string TunePath = "jobs/tune.yaml";
    const string Proposed = ".batchrecs/tuned/shop.tuned.yaml";

    /// <summary>Factors that cannot tell four tastes apart, and a half-life that forgets nearly everything.</summary>
    static ShopJob Poor => new ShopJob()
        .With("events", "{ purchase: { halfLife: 3h }, view: { weight: 0.3, halfLife: 3h }, rating: { minValue: 3 } }")
        .With("weights", "{ floor: 0 }")
        .With("scorers", "{ als: { factors: 1, iterations: 3 } }   # one taste fits nobody")
        .With("blend", "{ als: 1 }");

    const string Search = """
        kind: tune
        job: jobs/shop.yaml
        trials: 10
        space:
          scorers.als.factors: { from: 1, to: 16 }
          events.purchase.halfLife: { from: 1d, to: 90d }
        keep: [weights.floor, weights.propensity.training, scorers.als.iterations, scorers.als.regularization]
        """;

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Settings_that_are_planted_as_better_are_found_measured_and_proposed(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider, job: Poor);

        var outcome = await TuneAsync(project, Search);

        Assert.Equal((RunState.Done, 0), (outcome.State, outcome.ExitCode));
        Assert.Equal([StageName.Extract, StageName.Tune, StageName.Evaluate], outcome.Stages.Select(stage => stage.Stage));
        var report = outcome.Tuned!;
        Assert.Equal(10, report.Trials.Count);
        Assert.Equal("better", report.Verdict);
        Assert.Contains(report.Changes, change => change is { Key: "scorers.als.factors", From: "1" });
        Assert.Equal(Proposed, report.Proposed);
        var run = await project.Ledger.GetAsync(outcome.RunId, default);
        Assert.Equal(("Done", TunePath), (run!.State, run.JobPath));
        Assert.StartsWith($"done: trial {report.Winner} of 10 is the best, NDCG@5 ", run.Message, StringComparison.Ordinal);
        Assert.Empty(await project.Releases.ListAsync(ShopJob.Name, default));
    }

    [Fact]
    public async Task The_proposed_file_is_the_job_with_the_winning_values_and_its_comments()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        var report = (await TuneAsync(project, Search)).Tuned!;

        var proposed = JobFile.Load(Proposed, project.Context.Root);

        var tune = JobFile.LoadTune(TunePath, project.Context.Root);
        var winner = tune.Tuned.Job;
        foreach (var change in report.Changes)
        {
            var key = tune.Keys.Single(key => key.Name == change.Key);
            winner = key.With(winner, key.Read(change.To)!.Value);
        }
        Assert.Equal(CanonicalJson.Of(winner), CanonicalJson.Of(proposed.Job));
        Assert.Contains("# one taste fits nobody", proposed.Text, StringComparison.Ordinal);
        Assert.Equal(Poor.ToString(), await File.ReadAllTextAsync(project.InFolder(RefreshProject.JobPath)));
        string json = await File.ReadAllTextAsync(project.InFolder(".batchrecs/tuned/shop.tuned.json"));
        Assert.Equal(report.Winner, JsonDocument.Parse(json).RootElement.GetProperty("winner").GetInt32());
        string markdown = await File.ReadAllTextAsync(project.InFolder(".batchrecs/tuned/shop.tuned.md"));
        Assert.Contains($"| {report.Winner} (winner) |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_no_mistake_in_the_job_or_in_what_it_proposes_and_names_one_in_a_file_that_has_some()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        await TuneAsync(project, Search);
        var checker = new JobChecker(project.Context, project.Log, project.Clock);

        var proposed = await checker.CheckAsync(Proposed, default);
        var tune = checker.CheckTune(TunePath);
        await File.WriteAllTextAsync(project.InFolder(TunePath), $"{Search}\ntrails: 3");
        var mistaken = checker.CheckTune(TunePath);

        Assert.DoesNotContain(proposed.Findings, finding => finding.Severity == Severity.Error);
        Assert.Empty(tune.Findings);
        Assert.Contains("trails: unknown key; did you mean 'trials'?", Assert.Single(mistaken.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_was_cancelled_goes_on_and_ends_as_if_it_had_not_been()
    {
        await using var undisturbed = await RefreshProject.ShopAsync(job: Poor);
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        var expected = await TuneAsync(undisturbed, Search);
        using var cancel = new CancellationTokenSource();
        var watcher = new RunWatcher(progress: (stage, progress) =>
        {
            if (stage == StageName.Tune && progress.Done == 4)
                cancel.Cancel();
        });
        await Assert.ThrowsAsync<RunCancelledException>(() => TuneAsync(project, Search, watcher, token: cancel.Token));

        var outcome = await TuneAsync(project, Search);

        Assert.Equal(Plain(expected.Tuned!), Plain(outcome.Tuned!));
        Assert.StartsWith("4 of them made before, ", outcome.Stages[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_longer_search_keeps_the_trials_of_a_shorter_one_at_any_number_of_threads()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        var shorter = (await TuneAsync(project, Search.Replace("trials: 10", "trials: 5"))).Tuned!;
        project.Write(Poor.With("threads", "1"));

        var longer = (await TuneAsync(project, Search)).Tuned!;
        var anew = (await TuneAsync(project, Search, fresh: true)).Tuned!;

        Assert.Equal(Plain(shorter), Plain(longer).Take(5));
        Assert.Equal(Plain(longer), Plain(anew));
    }

    [Fact]
    public async Task What_is_not_read_before_the_test_period_changes_no_trial()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        await using var scrambled = await RefreshProject.ShopAsync(job: Poor);
        var expected = (await TuneAsync(project, Search)).Tuned!;
        // Every event from T1 on but the newest is of another user and another item.
        await scrambled.ExecuteAsync(
            "update events set user_id = substr('0000' || (1 + (cast(user_id as integer) * 7 + 13) % 300), -5), "
            + "item_id = substr('0000' || (1 + (cast(item_id as integer) * 11 + 5) % 80), -5) "
            + $"where at >= '{expected.TestFrom:yyyy-MM-ddTHH:mm:ssZ}' and at < (select max(at) from events)");

        var found = (await TuneAsync(scrambled, Search)).Tuned!;

        Assert.Equal(expected.TestFrom, found.TestFrom);
        Assert.Equal(Plain(expected), Plain(found));
        Assert.NotEqual(expected.Test, found.Test);
    }

    [Fact]
    public async Task The_budget_ends_the_search_but_never_before_what_holds_now_is_measured()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);

        var report = (await TuneAsync(project, Search.Replace("trials: 10", "trials: 10000\nbudget: 1s"))).Tuned!;

        Assert.Equal("the budget is used up", report.Ended);
        Assert.Equal(TrialOutcome.Measured, report.Trials[0].Outcome);
    }

    [Fact]
    public async Task Where_nothing_better_is_found_nothing_is_proposed_and_an_older_proposal_goes()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor);
        await TuneAsync(project, Search);
        project.Write(new ShopJob().With("scorers", "{ als: { factors: 8, iterations: 4 } }").With("blend", "{ als: 1 }"));

        var outcome = await TuneAsync(project, """
            kind: tune
            job: jobs/shop.yaml
            trials: 2
            space: { scorers.als.factors: { from: 1, to: 1 } }
            keep:
              - scorers.als.iterations
              - scorers.als.regularization
              - scorers.als.unobservedWeight
              - events.purchase.halfLife
              - events.view.halfLife
              - events.rating.halfLife
              - weights.floor
              - weights.propensity.training
            """);

        Assert.Equal("nothing better was found", outcome.Tuned!.Verdict);
        Assert.Equal(StageResult.LeftOut, outcome.Stages[2].Result);
        Assert.False(File.Exists(project.InFolder(Proposed)));
    }

    [Fact]
    public async Task The_extract_of_a_refresh_up_to_the_same_moment_is_used()
    {
        var job = Poor.With("guard", "{ minUsers: 0, minCoverage: 0, noWorseThan: [] }");
        await using var project = await RefreshProject.ShopAsync(job: job);
        await project.RunAsync();

        var outcome = await TuneAsync(project, Search.Replace("trials: 10", "trials: 2"));

        Assert.Equal(StageResult.Loaded, outcome.Stages[0].Result);
    }

    [Fact]
    public async Task A_young_shop_is_told_what_lacks()
    {
        await using var project = await RefreshProject.ShopAsync(job: Poor.With("evaluate", "{ holdout: 90%, validation: 90d, at: [5] }"));

        await Assert.ThrowsAsync<InputDataException>(() => TuneAsync(project, Search));

        Assert.Equal("Failed", (await project.Ledger.ListAsync(ShopJob.Name, null, 1, default)).Single().State);
    }

    static async Task<RunOutcome> TuneAsync(
        RefreshProject project, string job, IRunObserver? observer = null, bool fresh = false, CancellationToken token = default)
    {
        await File.WriteAllTextAsync(project.InFolder(TunePath), job, CancellationToken.None);
        return await new RefreshRunner(project.Context, project.Log, project.Clock).RunAsync(
            new RunRequest(TunePath, Fresh: fresh, Trigger: "test"), observer ?? new RunWatcher(), token);
    }

    /// <summary>What a trial was and found, but not how long it took.</summary>
    static IEnumerable<string> Plain(TuneReport report) => report.Trials.Select(trial =>
        $"{trial.Number} {string.Join(';', trial.Values)} {trial.Outcome} {trial.Probe:R} {trial.Score:R}");
}
