using BatchRecs.Store;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

/// <summary>An artifact is seen whole and undamaged, or not at all.</summary>
public sealed class ArtifactStoreTests : ArtifactTests
{
    [Fact]
    public void An_artifact_comes_back_with_its_manifest()
    {
        Write("k1", Now);

        var artifact = _store.Open("movies", "weigh", "k1", out string? damage);

        Assert.Null(damage);
        Assert.Equal([1, 2, 3], artifact!.ReadArray<int>("numbers"));
        Assert.Equal<string?[]>(["a", null, "", "ä😀"], artifact.ReadTexts("texts"));
        Assert.Equal(new Options(double.NaN, TimeSpan.FromDays(2)), artifact.ReadJson<Options>("options"));
        Assert.Equal(
            (Now, 42L, 7),
            (artifact.Manifest.CreatedAt, artifact.Manifest.DataUntil, artifact.Manifest.Extra.GetProperty("seed").GetInt32()));
        Assert.Equal(["numbers.npy", "options.json", "texts-null.npy", "texts-offsets.npy", "texts.npy"], artifact.Manifest.Files.Keys);
    }

    [Fact]
    public void An_artifact_of_another_key_stage_or_recommender_is_absent_without_a_word()
    {
        Write("k1", Now);

        Assert.Null(_store.Open("movies", "weigh", "k2", out string? key));
        Assert.Null(_store.Open("movies", "train", "k1", out string? stage));
        Assert.Null(_store.Open("books", "weigh", "k1", out string? recommender));
        Assert.Equal((null, null, null), (key, stage, recommender));
    }

    [Fact]
    public void Damage_to_any_file_is_found()
    {
        Write("k1", Now);
        string folder = Path.Combine(_folder.Path, "movies", "weigh", "k1");
        foreach (string file in Directory.GetFiles(folder))
        {
            byte[] whole = File.ReadAllBytes(file);
            byte[][] damages =
                [[], whole[..(whole.Length / 2)], whole[..^1], Flipped(whole, whole.Length / 2), Flipped(whole, whole.Length / 3)];
            foreach (byte[] damaged in damages)
            {
                File.WriteAllBytes(file, damaged);

                Assert.Null(_store.Open("movies", "weigh", "k1", out string? damage));
                Assert.StartsWith(folder, damage);
                Assert.EndsWith("The artifact is computed again.", damage);
            }
            File.Delete(file);

            Assert.Null(_store.Open("movies", "weigh", "k1", out string? missing));
            Assert.NotNull(missing);
            File.WriteAllBytes(file, whole);
        }

        Assert.NotNull(_store.Open("movies", "weigh", "k1", out _));
    }

    [Fact]
    public void An_artifact_that_was_moved_to_another_key_is_not_believed()
    {
        Write("k1", Now);
        Directory.Move(Path.Combine(_folder.Path, "movies", "weigh", "k1"), Path.Combine(_folder.Path, "movies", "weigh", "k2"));

        Assert.Null(_store.Open("movies", "weigh", "k2", out string? damage));
        Assert.Contains("belongs to movies/weigh/k1", damage);
    }

    [Fact]
    public void What_is_not_completed_is_never_seen_and_leaves_nothing_behind()
    {
        using (var writer = _store.Begin("movies", "weigh", "k1"))
        {
            writer.WriteArray<int>("numbers", [1]);

            Assert.Null(_store.Open("movies", "weigh", "k1", out _));
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "movies", "weigh")));
    }

    [Fact]
    public void A_second_artifact_of_the_same_key_replaces_the_first()
    {
        Write("k1", Now);
        using (var writer = _store.Begin("movies", "weigh", "k1"))
        {
            writer.WriteArray<int>("numbers", [9]);
            writer.Complete(Now);
        }

        Assert.Equal([9], _store.Open("movies", "weigh", "k1", out _)!.ReadArray<int>("numbers"));
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder.Path, "movies", "weigh")));
    }

    [Fact]
    public void Prune_keeps_the_newest_of_each_stage_and_removes_damaged_and_abandoned_ones()
    {
        for (int day = 1; day <= 4; day++)
            Write($"k{day}", Now.AddDays(-day));
        Write("other", Now.AddDays(-9), stage: "train");
        File.WriteAllText(Path.Combine(_folder.Path, "movies", "weigh", "k1", "manifest.json"), "{}");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "movies", "weigh", ".tmp-0"));

        int removed = Reopened().Prune("movies", new ArtifactRetention(Keep: 2), Now).Count;

        Assert.Equal(2, removed);
        Assert.Equal(
            ["k2", "k3"],
            new DirectoryInfo(Path.Combine(_folder.Path, "movies", "weigh")).GetDirectories().Select(folder => folder.Name).Order());
        Assert.NotNull(_store.Open("movies", "train", "other", out _));
        Assert.Empty(_store.Prune("nobody", new ArtifactRetention(Keep: 1), Now));
    }

    [Fact]
    public void Prune_removes_what_is_too_old_but_never_the_newest_of_a_stage()
    {
        Write("k1", Now.AddDays(-40));
        Write("k2", Now.AddDays(-50));
        Write("k1", Now.AddDays(-10), stage: "train");
        Write("k2", Now.AddDays(-31), stage: "train");

        int removed = Reopened().Prune("movies", new ArtifactRetention(Keep: 5, MaxAge: TimeSpan.FromDays(30)), Now).Count;

        Assert.Equal(2, removed);
        Assert.Equal(["train/k1", "weigh/k1"], Artifacts());
    }

    [Fact]
    public void Prune_removes_the_oldest_of_all_stages_until_the_rest_is_small_enough()
    {
        Write("k1", Now.AddDays(-1));
        Write("k2", Now.AddDays(-4));
        Write("k3", Now.AddDays(-2));
        Write("k1", Now.AddDays(-1), stage: "train");
        Write("k2", Now.AddDays(-3), stage: "train");
        long one = new DirectoryInfo(Path.Combine(_folder.Path, "movies", "weigh", "k1"))
            .GetFiles().Where(file => file.Name != ArtifactManifest.FileName).Sum(file => file.Length);

        int removed = Reopened().Prune("movies", new ArtifactRetention(Keep: 5, MaxBytes: 3 * one), Now).Count;

        Assert.Equal(2, removed);
        Assert.Equal(["train/k1", "weigh/k1", "weigh/k3"], Artifacts());
    }

    [Fact]
    public void Prune_never_removes_what_was_read_or_written_through_the_same_store()
    {
        Write("k1", Now);
        Write("k2", Now.AddDays(-100));
        Write("k3", Now.AddDays(-1));
        var store = Reopened();
        Assert.NotNull(store.Open("movies", "weigh", "k2", out _));

        store.Prune("movies", new ArtifactRetention(Keep: 1, MaxAge: TimeSpan.FromDays(30), MaxBytes: 1), Now);

        Assert.Equal(["weigh/k2"], Artifacts());
    }

    /// <summary>Writing and reading an artifact, with each operation failing once: what is seen is all of it, or nothing.</summary>
    [Fact]
    public void Whatever_file_operation_fails_an_artifact_is_whole_or_absent()
    {
        Write("k1", Now);
        var seen = new HashSet<string>();
        int failed = 0;
        for (int n = 1; ; n++)
        {
            int calls = 0;
            var store = new ArtifactStore(_folder.Path)
            {
                Faults = new FaultPoints(File: name =>
                {
                    seen.Add(name);
                    if (++calls == n)
                        throw new IOException($"{name} failed.");
                }),
            };
            try
            {
                WriteTo(store, "k1", Now);
                store.Open("movies", "weigh", "k1", out _);
                store.Prune("movies", new ArtifactRetention(1), Now);
            }
            catch (IOException)
            {
                failed++;
            }
            if (calls < n)
                break;
            Assert.True(Reopened().Open("movies", "weigh", "k1", out string? damage) is not null || damage is null);
            Reopened().Prune("movies", new ArtifactRetention(1), Now);
            Write("k1", Now);
            Assert.Equal(["weigh/k1"], Artifacts());
        }

        Assert.True(failed > 20);
        Assert.Equal(
            ["create", "create folder", "delete", "flush", "flush folder", "list", "open", "read", "rename", "write"], seen.Order());
    }

    static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }
}
