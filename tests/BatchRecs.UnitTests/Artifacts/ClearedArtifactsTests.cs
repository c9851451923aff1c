using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

/// <summary>All artifacts of a recommender can be removed at once, and listed.</summary>
public sealed class ClearedArtifactsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ArtifactStore _store;

    public ClearedArtifactsTests()
    {
        _store = new ArtifactStore(_folder.Path);
        Write("movies", "extract", "k1");
        Write("movies", "extract", "k2");
        Write("movies", "train", "k1");
        Write("books", "train", "k1");
        Directory.CreateDirectory(Unfinished);
    }

    string Unfinished => Path.Combine(_folder.Path, "movies", "train", ".tmp-killed");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Clearing_removes_every_stage_of_one_recommender()
    {
        Assert.Equal(3, _store.Clear("movies", _store.Unfinished("movies")));

        Assert.Empty(_store.KeysOf("movies", "extract"));
        Assert.False(Directory.Exists(Unfinished));
        Assert.Equal(["k1"], _store.KeysOf("books", "train"));
    }

    [Fact]
    public void What_a_living_run_writes_may_stay()
    {
        _store.Clear("movies", abandoned: []);

        Assert.True(Directory.Exists(Unfinished));
    }

    [Fact]
    public void Keys_are_listed_in_order_and_without_what_is_unfinished()
    {
        Assert.Equal(["k1", "k2"], _store.KeysOf("movies", "extract"));
        Assert.Equal(["k1"], _store.KeysOf("movies", "train"));
        Assert.Empty(_store.KeysOf("movies", "weigh"));
    }

    [Fact]
    public void A_recommender_without_artifacts_has_nothing_to_clear() =>
        Assert.Equal(0, _store.Clear("unknown", _store.Unfinished("unknown")));

    void Write(string recommender, string stage, string key)
    {
        using var writer = _store.Begin(recommender, stage, key);
        writer.WriteArray<int>("numbers", [1, 2, 3]);
        writer.Complete(new DateTimeOffset(2024, 6, 1, 5, 0, 0, TimeSpan.Zero));
    }
}
