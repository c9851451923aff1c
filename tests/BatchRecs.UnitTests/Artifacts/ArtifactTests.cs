using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

/// <summary>A folder of artifacts, and one of a few values to write there.</summary>
public abstract class ArtifactTests : IDisposable
{
    private protected static readonly DateTimeOffset Now = new(2024, 6, 1, 5, 0, 0, TimeSpan.Zero);

    private protected readonly TemporaryFolder _folder = new();
    private protected readonly ArtifactStore _store;

    private protected ArtifactTests() => _store = new ArtifactStore(_folder.Path);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store as the next process has it.</summary>
    private protected ArtifactStore Reopened() => new(_folder.Path);

    private protected string[] Artifacts() =>
    [
        .. Directory.GetDirectories(Path.Combine(_folder.Path, "movies")).SelectMany(Directory.GetDirectories)
            .Select(folder => Path.GetRelativePath(Path.Combine(_folder.Path, "movies"), folder)).Order(StringComparer.Ordinal),
    ];

    private protected void Write(string key, DateTimeOffset createdAt, string stage = "weigh") => WriteTo(_store, key, createdAt, stage);

    private protected static void WriteTo(ArtifactStore store, string key, DateTimeOffset createdAt, string stage = "weigh")
    {
        using var writer = store.Begin("movies", stage, key);
        writer.WriteArray<int>("numbers", [1, 2, 3]);
        writer.WriteTexts("texts", ["a", null, "", "ä😀"]);
        writer.WriteJson("options", new Options(double.NaN, TimeSpan.FromDays(2)));
        writer.Complete(createdAt, dataUntil: 42, new { seed = 7 });
    }

    private protected sealed record Options(double Loss, TimeSpan HalfLife);
}
