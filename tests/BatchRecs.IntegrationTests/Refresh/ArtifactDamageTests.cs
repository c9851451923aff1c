using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>No damage to an artifact changes a list: every file of every stage.</summary>
public sealed class ArtifactDamageTests
{
    static readonly StageName[] Kept = [StageName.Extract, StageName.Evaluate, StageName.Weigh, StageName.Train, StageName.Precompute];

    static readonly string[] Ways = ["truncated", "flipped", "emptied", "deleted"];

    /// <summary>
    /// The n-th file of every stage is damaged at once, in ways that change from file to file: that each way is found in each file is
    /// shown where artifacts are tested.
    /// </summary>
    [Fact]
    public async Task Damaged_files_lead_to_the_same_lists_and_a_warning_each()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        var expected = await project.PublishAsync();
        int files = Kept.Max(stage => Directory.GetFiles(project.ArtifactOf(stage)).Length);

        for (int n = 0; n < files; n++)
        {
            await LeaveUnfinishedAsync(project);
            int damaged = Kept.Count(stage => Damage(project.ArtifactOf(stage), n, Ways[(n + (int)stage) % Ways.Length]));
            project.Log.Warnings.Clear();

            var outcome = await project.RunAsync();

            Assert.Equal(damaged, outcome.Stages.Count(stage => Kept.Contains(stage.Stage) && stage.Result == StageResult.Computed));
            Assert.Equal(damaged, project.Log.Warnings.Count(
                warning => warning.StartsWith("An artifact cannot be used: ", StringComparison.Ordinal)));
            Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
        }
    }

    [Fact]
    public async Task Extra_files_change_nothing()
    {
        await using var project = await RefreshProject.ShopAsync(job: Job());
        var expected = await project.PublishAsync();
        await LeaveUnfinishedAsync(project);
        foreach (var stage in Kept)
            File.WriteAllText(Path.Combine(project.ArtifactOf(stage), "notes.txt"), "of a person");
        project.Log.Warnings.Clear();

        var outcome = await project.RunAsync();

        Assert.All(outcome.Stages.Take(5), stage => Assert.Equal(StageResult.Loaded, stage.Result));
        Assert.Empty(project.Log.Warnings);
        Assert.Equal(expected.All, (await project.ReadListsAsync()).All);
    }

    static ShopJob Job() => new ShopJob().With("evaluate", "{ when: nightly, holdout: 20%, at: [5] }");

    /// <summary>Cancels a run after precompute, so that the next one may read all artifacts.</summary>
    static async Task LeaveUnfinishedAsync(RefreshProject project)
    {
        using var cancellation = new CancellationTokenSource();
        var watcher = new RunWatcher(report =>
        {
            if (report.Stage == StageName.Precompute)
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => project.RunAsync(observer: watcher, token: cancellation.Token));
    }

    /// <summary>Damages the n-th file of an artifact; false if it has fewer.</summary>
    static bool Damage(string folder, int n, string damage)
    {
        string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        if (n >= files.Length)
            return false;
        byte[] bytes = File.ReadAllBytes(files[n]);
        switch (damage)
        {
            case "deleted":
                File.Delete(files[n]);
                return true;
            case "flipped":
                bytes[bytes.Length * 2 / 3] ^= 0x10;
                break;
            default:
                bytes = damage == "emptied" ? [] : bytes[..^1];
                break;
        }
        File.WriteAllBytes(files[n], bytes);
        return true;
    }
}
