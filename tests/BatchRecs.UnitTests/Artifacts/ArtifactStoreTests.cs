using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2024, 6, 1, 5, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();
    readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

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
        string abandoned = Directory.CreateDirectory(Path.Combine(_folder.Path, "movies", "weigh", ".tmp-old")).FullName;
        string underWay = Directory.CreateDirectory(Path.Combine(_folder.Path, "movies", "weigh", ".tmp-new")).FullName;
        Directory.SetLastWriteTimeUtc(abandoned, Now.UtcDateTime.AddDays(-2));
        Directory.SetLastWriteTimeUtc(underWay, Now.UtcDateTime.AddHours(-2));

        int removed = _store.Prune("movies", keepNewest: 2, Now);

        Assert.Equal(2, removed);
        Assert.Equal(
            [".tmp-new", "k2", "k3"],
            new DirectoryInfo(Path.Combine(_folder.Path, "movies", "weigh")).GetDirectories().Select(folder => folder.Name).Order());
        Assert.NotNull(_store.Open("movies", "train", "other", out _));
        Assert.Equal(0, _store.Prune("nobody", keepNewest: 1, Now));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".tmp-x")]
    public void Names_that_could_leave_the_folder_are_refused(string name) =>
        Assert.Throws<ArgumentException>(() => _store.Begin(name, "weigh", "k1"));

    void Write(string key, DateTimeOffset createdAt, string stage = "weigh")
    {
        using var writer = _store.Begin("movies", stage, key);
        writer.WriteArray<int>("numbers", [1, 2, 3]);
        writer.WriteTexts("texts", ["a", null, "", "ä😀"]);
        writer.WriteJson("options", new Options(double.NaN, TimeSpan.FromDays(2)));
        writer.Complete(createdAt, dataUntil: 42, new { seed = 7 });
    }

    static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }

    sealed record Options(double Loss, TimeSpan HalfLife);
}
