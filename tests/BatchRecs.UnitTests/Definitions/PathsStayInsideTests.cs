namespace BatchRecs.UnitTests.Definitions;

/// <summary>What a file names lies in the project folder, also after links were followed.</summary>
public sealed class PathsStayInsideTests : IDisposable
{
    readonly SomeProject _project = new();
    readonly string _outside = Directory.CreateTempSubdirectory("batchrecs-outside-").FullName;

    public PathsStayInsideTests() => File.WriteAllText(Path.Combine(_outside, "secret.sql"), "select 1");

    public void Dispose()
    {
        _project.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Theory]
    [InlineData("../secret.sql")]
    [InlineData("/etc/passwd")]
    [InlineData("jobs/../../secret.sql")]
    [InlineData("jobs/queries/link.sql")]
    [InlineData("jobs/linked/secret.sql")]
    [InlineData("jobs/twice/secret.sql")]
    public void A_query_outside_is_refused(string path)
    {
        Directory.CreateDirectory(Path.Combine(_project.Root, "jobs/queries"));
        File.CreateSymbolicLink(Path.Combine(_project.Root, "jobs/queries/link.sql"), Path.Combine(_outside, "secret.sql"));
        Directory.CreateSymbolicLink(Path.Combine(_project.Root, "jobs/linked"), _outside);
        Directory.CreateSymbolicLink(Path.Combine(_project.Root, "jobs/twice"), "linked");

        Assert.Equal(
            [$"jobs/movies.yaml:5: exclude.items: found '{path}'; expected a file inside the project."],
            _project.MistakesBelow($"exclude: {{ items: {path} }}"));
    }

    /// <summary>So does the folder of a container platform that swaps all its files by one link.</summary>
    [Fact]
    public void A_link_that_stays_inside_is_followed()
    {
        _project.Write("jobs/.data/own.sql", "select 1");
        Directory.CreateDirectory(Path.Combine(_project.Root, "jobs/queries"));
        File.CreateSymbolicLink(Path.Combine(_project.Root, "jobs/queries/own.sql"), "../.data/own.sql");

        Assert.Equal("jobs/queries/own.sql", _project.Load(
            $"{SomeProject.ShortestJob}\nexclude: {{ items: jobs/queries/own.sql }}").Job.Exclude.Items);
    }

    [Theory]
    [InlineData("../movies")]
    [InlineData("Movies")]
    [InlineData("movies/../x")]
    [InlineData(".")]
    [InlineData("movies; drop table x")]
    public void A_recommender_that_is_no_plain_name_is_refused(string name) =>
        Assert.Contains("recommender: found", _project.MistakesIn(
            SomeProject.ShortestJob.Replace("movies\n", $"\"{name}\"\n", StringComparison.Ordinal))[0], StringComparison.Ordinal);
}
