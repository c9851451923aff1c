namespace BatchRecs.UnitTests.Definitions;

public sealed class JobHashTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("# one more comment")]
    [InlineData("\n\n")]
    [InlineData("threads: 7")]
    [InlineData("kind:    refresh   # the default")]
    [InlineData("users: { active: 365d }")]
    [InlineData("evaluate:\n  at:\n    - 10\n    - 20\n    - 100")]
    [InlineData("window: 17520h")]
    [InlineData("blend: { recent: tuned, als: 1.0 }")]
    public void What_does_not_change_the_meaning_does_not_change_the_hash(string lines) =>
        Assert.Equal(_project.Load(SomeProject.ShortestJob).Hash, _project.Load($"{SomeProject.ShortestJob}\n{lines}").Hash);

    [Theory]
    [InlineData("items: { query: jobs/queries/some.sql, columns: { item: id } }")]
    [InlineData("exclude: { items: jobs/queries/some.sql }")]
    [InlineData("exclude: { pairs: jobs/queries/some.sql }")]
    public void A_changed_query_file_changes_the_hash(string line)
    {
        _project.Write("jobs/queries/some.sql", "select id from films");
        string before = _project.Load($"{SomeProject.ShortestJob}\n{line}").Hash;

        _project.Write("jobs/queries/some.sql", "select id from films where released");

        Assert.NotEqual(before, _project.Load($"{SomeProject.ShortestJob}\n{line}").Hash);
    }

    [Fact]
    public void A_changed_query_of_a_source_changes_the_hash()
    {
        string job = SomeProject.ShortestJob.Replace("table: ratings", "query: jobs/queries/some.sql", StringComparison.Ordinal);
        _project.Write("jobs/queries/some.sql", "select * from ratings");
        string before = _project.Load(job).Hash;

        _project.Write("jobs/queries/some.sql", "select * from ratings where not hidden");

        Assert.NotEqual(before, _project.Load(job).Hash);
    }

    [Fact]
    public void The_text_and_the_path_are_kept_as_they_are()
    {
        var loaded = _project.Load(SomeProject.ShortestJob);

        Assert.Equal(SomeProject.ShortestJob, loaded.Text);
        Assert.Equal("jobs/movies.yaml", loaded.Path);
    }
}
