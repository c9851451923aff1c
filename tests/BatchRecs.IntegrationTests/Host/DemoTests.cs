namespace BatchRecs.IntegrationTests.Host;

/// <summary>The demos with the built program on copies of the job files, in an empty project.</summary>
[Trait("Speed", "Slow")]
public sealed class DemoTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("batchrecs-demo-");

    public DemoTests()
    {
        foreach (string folder in (string[])["jobs", "samples"])
            Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, folder), Path.Combine(ScriptSandbox.RepositoryRoot(), folder));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("retail", "online_retail", "customer 1", "because they bought", "to buy again: ", "published list", "buy-again list")]
    [InlineData("movies", "movietweetings", "person ", "because they liked", "rated lately", "published list", "als alone")]
    public async Task A_demo_shows_stages_measures_lists_with_titles_and_the_SQL(string sample, string recommender, params string[] parts)
    {
        using var program = RunningProgram.Start(_folder.FullName, "demo", sample);
        var (code, output, _) = await program.EndAsync();

        Assert.Equal(0, code);
        Assert.Contains($"{recommender}: run 1 published, release 1 is current\n", output, StringComparison.Ordinal);
        Assert.All(
            [
                .. parts, "recall@10", "NDCG@10", "coverage", "novelty", "popular in the last 7 days", "recent popularity (tuned, h = ",
                "Similar items\n", $"from {recommender}_recommendations where user_id = '",
                $"from {recommender}_similar_items where item_id = '",
            ],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }
}
