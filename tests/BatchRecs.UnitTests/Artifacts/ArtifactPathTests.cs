using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Artifacts;

/// <summary>No name, link or manifest leads out of the folder of artifacts.</summary>
public sealed class ArtifactPathTests : ArtifactTests
{
    [Fact]
    public void An_artifact_or_a_file_that_is_a_symbolic_link_is_not_read_but_replaced()
    {
        Write("k1", Now);
        string folder = Path.Combine(_folder.Path, "movies", "weigh", "k1");
        string outside = Directory.CreateDirectory(Path.Combine(_folder.Path, "outside")).FullName;
        File.Move(Path.Combine(folder, "numbers.npy"), Path.Combine(outside, "numbers.npy"));
        File.CreateSymbolicLink(Path.Combine(folder, "numbers.npy"), Path.Combine(outside, "numbers.npy"));

        Assert.Null(Reopened().Open("movies", "weigh", "k1", out string? file));
        Directory.Move(folder, Path.Combine(outside, "k1"));
        Directory.CreateSymbolicLink(folder, Path.Combine(outside, "k1"));
        Assert.Null(Reopened().Open("movies", "weigh", "k1", out string? link));
        Write("k1", Now);

        Assert.Contains($"{folder}/numbers.npy is a symbolic link; expected a file or folder", file);
        Assert.Contains($"{folder} is a symbolic link; expected a file or folder", link);
        Assert.NotNull(Reopened().Open("movies", "weigh", "k1", out _));
        Assert.True(File.Exists(Path.Combine(outside, "k1", "options.json")));
    }

    [Fact]
    public void Nothing_is_written_behind_a_symbolic_link_but_all_artifacts_may_lie_behind_one()
    {
        string outside = Directory.CreateDirectory(Path.Combine(_folder.Path, "outside")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "linked"), outside);
        string other = Directory.CreateDirectory(Path.Combine(_folder.Path, "other")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(outside, "movies"), other);
        var store = new ArtifactStore(Path.Combine(_folder.Path, "linked"));

        var error = Assert.Throws<InvalidDataException>(() => store.Begin("movies", "weigh", "k1"));
        using (var writer = store.Begin("books", "weigh", "k1"))
            writer.Complete(Now);

        Assert.Contains("linked/movies is a symbolic link", error.Message);
        Assert.NotNull(store.Open("books", "weigh", "k1", out _));
    }

    [Fact]
    public void A_manifest_that_names_files_elsewhere_is_not_believed()
    {
        Write("k1", Now);
        string path = Path.Combine(_folder.Path, "movies", "weigh", "k1", ArtifactManifest.FileName);
        var manifest = ArtifactManifest.Parse(File.ReadAllText(path));
        var elsewhere = new Dictionary<string, ArtifactFile> { ["../../secret.npy"] = manifest.Files["numbers.npy"] };
        File.WriteAllText(path, (manifest with { Files = elsewhere }).ToText());

        Assert.Null(Reopened().Open("movies", "weigh", "k1", out string? damage));
        Assert.Contains("names '../../secret.npy', which is no file of an artifact", damage);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".tmp-x")]
    public void Names_that_could_leave_the_folder_are_refused(string name) =>
        Assert.Throws<ArgumentException>(() => _store.Begin(name, "weigh", "k1"));
}
