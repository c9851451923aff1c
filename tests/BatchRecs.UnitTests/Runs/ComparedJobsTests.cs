using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Runs;

/// <summary>Another definition is measured on the extract of a job, so it must read the same rows.</summary>
public sealed class ComparedJobsTests
{
    static readonly RefreshJob Job = JobDefaults.Complete(new RefreshJob
    {
        Recommender = "movies",
        Sources = [Source("ratings", "rating"), Source("views", "view")],
        TimeZone = "Europe/Berlin",
    });

    [Fact]
    public void A_definition_with_another_model_can_be_compared()
    {
        var other = Job with { Recommender = "other", Blend = new Dictionary<string, Tunable> { ["als"] = new(1), ["recent"] = new(0) } };

        var compared = new ComparedJobs(Job).Of("other", other);

        Assert.Empty(new ComparedJobs(Job).Obstacles(other));
        Assert.Equal("other", compared.Name);
        Assert.Equal(0, compared.Recipe.Options.Scorers[1].Weight);
    }

    [Fact]
    public void A_definition_that_reads_other_rows_is_refused_key_by_key()
    {
        var other = Job with
        {
            Stores = new StoreNames { Warehouse = "elsewhere" },
            Sources = [Source("ratings", "rating"), Source("clicks", "click")],
            Window = TimeSpan.FromDays(30),
            TimeZone = "UTC",
            Events = new Dictionary<string, EventOptions> { ["rating"] = new(), ["click"] = new() },
        };
        const string Because = "it is not the same as in the job that is measured; expected the same, because both are run on one extract.";

        Assert.Equal(
            [
                $"stores.warehouse: {Because}",
                $"sources: {Because}",
                $"window: {Because}",
                $"timeZone: {Because}",
                "events.click: 'movies' does not read such events; expected some of rating, view.",
            ],
            new ComparedJobs(Job).Obstacles(other));
    }

    /// <summary>The extract holds the views that this definition would not have read; it must not count them as seen.</summary>
    [Fact]
    public void A_definition_that_knows_fewer_event_types_sees_only_those()
    {
        var other = Job with { Events = new Dictionary<string, EventOptions> { ["rating"] = new() } };

        Assert.Equal(["rating"], new ComparedJobs(Job).Of("other", other).Recipe.Options.Seen.EventTypes);
    }

    [Fact]
    public void How_changed_rows_are_found_does_not_matter()
    {
        var watermark = new SourceIncremental { Watermark = "changed_at" };
        var other = Job with { Sources = [.. Job.Sources.Select(source => source with { Incremental = watermark })] };

        Assert.Empty(new ComparedJobs(Job).Obstacles(other));
    }

    [Theory]
    [InlineData("jobs/popular.yaml", "popular")]
    [InlineData("jobs/als.yaml", "als")]
    [InlineData("jobs/champion.yaml", "champion")]
    public void A_file_that_is_called_like_another_list_is_refused(string path, string name)
    {
        var error = Assert.Throws<ConfigurationException>(() => new ComparedJobs(Job).Of(new LoadedJob(Job, path, "", "")));

        Assert.Equal(
            $"{path}: the evaluation has a list called '{name}' already; "
            + "expected a file name other than again, als, champion, last-7-days, popular, recent, recipe, unallocated.",
            error.Message);
    }

    [Fact]
    public void Two_files_of_one_name_are_refused()
    {
        var jobs = new ComparedJobs(Job);
        jobs.Of(new LoadedJob(Job, "jobs/other.yaml", "", ""));

        Assert.Throws<ConfigurationException>(() => jobs.Of(new LoadedJob(Job, "drafts/other.yaml", "", "")));
    }

    [Fact]
    public void A_file_that_reads_other_rows_is_named()
    {
        var error = Assert.Throws<ConfigurationException>(() =>
            new ComparedJobs(Job).Of(new LoadedJob(Job with { Window = TimeSpan.FromDays(30) }, "jobs/other.yaml", "", "")));

        Assert.StartsWith("jobs/other.yaml: window: it is not the same ", error.Message, StringComparison.Ordinal);
    }

    static SourceOptions Source(string table, string type) => new()
    {
        Table = table,
        Columns = new SourceColumns { User = "user_id", Item = "item_id", Time = "at" },
        Event = type,
    };
}
