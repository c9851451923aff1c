using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>
/// A run that did not end well is resumed by running again: what is finished is not repeated, and the result is the same.
/// </summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_run_cancelled_after_train_goes_on_at_precompute(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider, job: LiveJob());
        var expected = await RefreshProject.UndisturbedAsync(LiveJob());

        await CancelAfterAsync(project, StageName.Train);
        var cancelled = (await project.Ledger.ListAsync(ShopJob.Name, null, 1, default)).Single();
        project.Clock.Now += TimeSpan.FromHours(2);
        var outcome = await project.RunAsync();

        Assert.Equal(("Cancelled", 130), (cancelled.State, cancelled.ExitCode));
        Assert.Equal("cancelled; finished stages are kept, run again to go on", cancelled.Message);
        Assert.Equal(
            "Extract Loaded, Evaluate LeftOut, Weigh Loaded, Train Loaded, Precompute Computed, Guard Computed, Publish Computed",
            Stages(outcome));
        var resumed = (await project.Ledger.GetAsync(outcome.RunId, default))!;
        Assert.Equal(cancelled.AsOf, resumed.AsOf);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    [Theory]
    [InlineData(StageName.Extract, "Extract Loaded, Evaluate Computed, Weigh Computed")]
    [InlineData(StageName.Weigh, "Extract Loaded, Evaluate LeftOut, Weigh Loaded, Train Computed")]
    [InlineData(StageName.Precompute, "Extract Loaded, Evaluate LeftOut, Weigh Loaded, Train Loaded, Precompute Loaded, Guard Computed")]
    public async Task A_cancelled_run_goes_on_after_the_last_finished_stage(StageName last, string stages)
    {
        await using var project = await RefreshProject.ShopAsync(job: LiveJob());

        await CancelAfterAsync(project, last);
        var outcome = await project.RunAsync();

        Assert.StartsWith(stages, Stages(outcome), StringComparison.Ordinal);
        Assert.Equal(RunState.Published, outcome.State);
    }

    /// <summary>Rows that arrive between the two runs belong to the next night.</summary>
    [Fact]
    public async Task A_resumed_run_does_not_see_what_came_after_it_began()
    {
        await using var project = await RefreshProject.ShopAsync(job: LiveJob());
        var expected = await RefreshProject.UndisturbedAsync(LiveJob());

        await CancelAfterAsync(project, StageName.Train);
        await project.ExecuteAsync(
            $"insert into events values ('00001', '00042', 'purchase', null, '{project.Clock.Now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}')");
        project.Clock.Now += TimeSpan.FromHours(2);
        await project.RunAsync();
        var resumed = await project.ReadListsAsync();
        var next = await project.RunAsync();

        Assert.Equal(expected.All, resumed.All);
        Assert.Equal(RunState.Published, next.State);
    }

    [Fact]
    public async Task After_a_day_an_unfinished_run_is_not_resumed()
    {
        await using var project = await RefreshProject.ShopAsync(job: LiveJob());

        await CancelAfterAsync(project, StageName.Train);
        project.Clock.Now += TimeSpan.FromHours(25);
        var outcome = await project.RunAsync();

        Assert.Equal(project.Clock.Now, (await project.Ledger.GetAsync(outcome.RunId, default))!.AsOf, TimeSpan.FromMicroseconds(1));
        Assert.Equal(StageResult.Computed, outcome.Stages[0].Result);
        // The same rows were read, so what depends on them alone is not repeated.
        Assert.Equal(StageResult.Loaded, outcome.Stages.Single(stage => stage.Stage == StageName.Train).Result);
    }

    [Fact]
    public async Task Fresh_uses_nothing_of_an_unfinished_run()
    {
        await using var project = await RefreshProject.ShopAsync(job: LiveJob());

        await CancelAfterAsync(project, StageName.Train);
        project.Clock.Now += TimeSpan.FromHours(1);
        var outcome = await project.RunAsync(fresh: true);

        Assert.All(outcome.Stages, stage => Assert.Equal(StageResult.Computed, stage.Result));
        Assert.Equal(project.Clock.Now, (await project.Ledger.GetAsync(outcome.RunId, default))!.AsOf, TimeSpan.FromMicroseconds(1));
    }

    [Theory]
    [InlineData(StageName.Extract, "Extract Computed, Evaluate Computed, Weigh Computed, Train Computed, Precompute Computed")]
    [InlineData(StageName.Weigh, "Extract Computed, Evaluate LeftOut, Weigh Computed, Train Computed, Precompute Computed")]
    [InlineData(StageName.Publish, "Extract Computed, Evaluate LeftOut, Weigh Loaded, Train Loaded, Precompute Loaded, Guard Computed")]
    [InlineData(StageName.Evaluate, "Extract Computed, Evaluate Computed, Weigh Computed, Train Computed, Precompute Computed")]
    [InlineData(StageName.Train, "Extract Computed, Evaluate LeftOut, Weigh Loaded, Train Computed, Precompute Computed")]
    [InlineData(StageName.Precompute, "Extract Computed, Evaluate LeftOut, Weigh Loaded, Train Loaded, Precompute Computed")]
    [InlineData(StageName.Guard, "Extract Computed, Evaluate LeftOut, Weigh Loaded, Train Loaded, Precompute Loaded")]
    public async Task From_computes_a_stage_and_all_later_ones_anew(StageName from, string stages)
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();

        var outcome = await project.RunAsync(from: from);

        Assert.StartsWith(stages, Stages(outcome), StringComparison.Ordinal);
        Assert.Equal(from <= StageName.Precompute ? RunState.Published : RunState.Unchanged, outcome.State);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task From_computes_earlier_stages_too_where_nothing_of_them_is_left()
    {
        await using var project = await RefreshProject.ShopAsync();
        var before = await project.PublishAsync();
        Directory.Delete(project.InFolder(".batchrecs/artifacts"), recursive: true);

        var outcome = await project.RunAsync(from: StageName.Precompute);

        Assert.StartsWith(
            "Extract Computed, Evaluate LeftOut, Weigh Computed, Train Computed, Precompute Computed",
            Stages(outcome),
            StringComparison.Ordinal);
        Assert.Equal(before.All, (await project.ReadListsAsync()).All);
    }

    [Fact]
    public async Task A_backfill_does_not_go_on_with_the_nightly_run_and_the_next_night_not_with_the_backfill()
    {
        await using var project = await RefreshProject.ShopAsync(job: LiveJob());
        var expected = await RefreshProject.UndisturbedAsync(LiveJob());
        await CancelAfterAsync(project, StageName.Train);

        var backfill = await project.RunAsync(asOf: SomeShop.Until.AddDays(-20));
        var past = await project.ReadListsAsync();
        project.Clock.Now += TimeSpan.FromHours(1);
        var nightly = await project.RunAsync();

        Assert.DoesNotContain(StageResult.Loaded, backfill.Stages.Select(stage => stage.Result));
        Assert.NotEqual(expected.All, past.All);
        Assert.Equal(project.Clock.Now, (await project.Ledger.GetAsync(nightly.RunId, default))!.AsOf, TimeSpan.FromMicroseconds(1));
        Assert.Equal(StageResult.Loaded, nightly.Stages.Single(stage => stage.Stage == StageName.Train).Result);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    /// <summary>
    /// A disk that lies is found by the checksums: the stage is computed again, the operator is told, and no list changes.
    /// </summary>
    [Theory]
    [InlineData(StageName.Extract)]
    [InlineData(StageName.Evaluate)]
    [InlineData(StageName.Weigh)]
    [InlineData(StageName.Train)]
    [InlineData(StageName.Precompute)]
    public async Task A_damaged_artifact_is_computed_again_with_a_warning(StageName stage)
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("evaluate", "{ when: nightly, holdout: 20%, at: [5] }"));
        var expected = await project.PublishAsync();
        string folder = project.ArtifactOf(stage);
        string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

        // A few files are enough here: that every byte of every file is checked is shown where artifacts are tested.
        for (int n = 0; n < files.Length; n += Math.Max(1, files.Length / 4))
        {
            if (stage == StageName.Extract)
                await CancelAfterAsync(project, stage);
            project.Log.Warnings.Clear();
            Damage(files[n], truncated: n % 2 == 0);

            var outcome = await project.RunAsync();

            Assert.Equal(StageResult.Computed, outcome.Stages.Single(report => report.Stage == stage).Result);
            Assert.Contains(
                project.Log.Warnings, warning => warning.StartsWith($"An artifact cannot be used: {folder}", StringComparison.Ordinal));
        }
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    static ShopJob LiveJob() => new ShopJob().With("asOf", "now");

    static async Task CancelAfterAsync(RefreshProject project, StageName stage)
    {
        using var cancellation = new CancellationTokenSource();
        var watcher = new RunWatcher(report =>
        {
            if (report.Stage == stage)
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.RunAsync(observer: watcher, token: cancellation.Token));
    }

    static void Damage(string file, bool truncated)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (truncated)
            bytes = bytes[..(bytes.Length / 2)];
        else
            bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(file, bytes);
    }

    static string Stages(RunOutcome outcome) => string.Join(", ", outcome.Stages.Select(stage => $"{stage.Stage} {stage.Result}"));
}
