using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>Prune jobs are read as strictly as refresh jobs, and neither is taken for the other.</summary>
public sealed class PruneFileTests : IDisposable
{
    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_key_is_read()
    {
        var job = Load(
            """
            kind: prune
            stores: { serving: demo }
            recommenders: [movies, books]
            releases: { keep: 3, maxAge: 30d }
            artifacts: { maxAge: 12h, maxSize: 1.5GB }
            ledger: { maxAge: 400d }
            """);

        Assert.Equal("demo", job.Stores.Serving);
        Assert.Equal(["movies", "books"], job.Recommenders!);
        Assert.Equal(new PruneReleases { Keep = 3, MaxAge = TimeSpan.FromDays(30) }, job.Releases);
        Assert.Equal(new PruneArtifacts { MaxAge = TimeSpan.FromHours(12), MaxSize = new ByteSize(1_500_000_000) }, job.Artifacts);
        Assert.Equal(TimeSpan.FromDays(400), job.Ledger!.MaxAge);
    }

    [Theory]
    [InlineData(
        "kind: prune",
        "jobs/prune.yaml: found nothing to prune; expected at least one of the sections releases, artifacts and ledger.")]
    [InlineData("kind: prune\nreleases: {}", "jobs/prune.yaml:2: releases: found no limit; expected keep, maxAge or both.")]
    [InlineData("kind: prune\nartifacts: {}", "jobs/prune.yaml:2: artifacts: found no limit; expected maxAge, maxSize or both.")]
    [InlineData(
        "kind: prune\nledger: {}",
        "jobs/prune.yaml:2: ledger.maxAge: missing; expected a duration from 1d to 36500d, such as 90d, 12h, 30m or 10s.")]
    [InlineData(
        "kind: prune\nreleases: { keep: 0 }",
        "jobs/prune.yaml:2: releases.keep: found '0'; expected a whole number from 1 to 1000.")]
    [InlineData(
        "kind: prune\nartifacts: { maxSize: 20 }",
        "jobs/prune.yaml:2: artifacts.maxSize: found '20'; expected a size, such as 500MB, 20GB or 1.5TB.")]
    [InlineData("kind: prune\nledgr: { maxAge: 9d }", "jobs/prune.yaml:2: ledgr: unknown key; did you mean 'ledger'?")]
    [InlineData(
        "recommender: movies",
        "jobs/prune.yaml: kind: found 'refresh'; expected 'prune' here. Run the file itself, as it is, with batchrecs run.")]
    public void A_mistake_is_named_with_line_and_key(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<ConfigurationException>(() => Load(text)).Message);

    [Fact]
    public void A_prune_job_is_no_refresh_job() =>
        Assert.Equal(
            ["jobs/movies.yaml:2: kind: found 'prune'; expected 'refresh' here. Run the file itself, as it is, with batchrecs run."],
            _project.MistakesIn("# old things\nkind: prune\nledger: { maxAge: 9d }"));

    [Theory]
    [InlineData("kind: prune", JobKind.Prune)]
    [InlineData("kind: refresh", JobKind.Refresh)]
    [InlineData("kind: trending", JobKind.Trending)]
    [InlineData("kind: tune", JobKind.Tune)]
    [InlineData("recommender: movies", JobKind.Refresh)]
    [InlineData("kind: prun", JobKind.Refresh)]
    [InlineData("kind: [prune", JobKind.Refresh)]
    public void The_kind_is_what_the_file_says_and_refresh_where_it_says_nothing(string text, JobKind kind)
    {
        _project.Write("jobs/any.yaml", text);

        Assert.Equal(kind, JobFile.KindOf("jobs/any.yaml", _project.Root));
    }

    [Fact]
    public void Every_bad_file_of_the_folder_is_named_at_once()
    {
        _project.Write("jobs/a.yaml", "recommender: A");
        _project.Write("jobs/b.yaml", SomeProject.ShortestJob);
        _project.Write("jobs/c.yaml", "kind: prune\nledger: { maxAge: 9d }");
        _project.Write("jobs/d.yaml", "{");

        var error = Assert.Throws<ConfigurationException>(() => JobFolder.RefreshJobs(_project.Root));

        Assert.Equal(
            ["jobs/a.yaml", "jobs/a.yaml", "jobs/d.yaml"],
            error.Message.Split(Environment.NewLine).Select(line => line.Split(':')[0]));
    }

    PruneJob Load(string text)
    {
        _project.Write("jobs/prune.yaml", text);
        return JobFile.LoadPrune("jobs/prune.yaml", _project.Root).Job;
    }
}
