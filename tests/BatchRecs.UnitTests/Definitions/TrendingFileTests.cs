using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>Trending jobs take the keys that lists of all need, and refuse the others.</summary>
public sealed class TrendingFileTests : IDisposable
{
    const string Shortest = $"kind: trending\n{SomeProject.ShortestJob}\n";

    readonly SomeProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_name_and_a_source_alone_make_a_job_over_28_days_without_scorers()
    {
        var job = _project.Load(Shortest).Job;

        Assert.Equal(JobKind.Trending, job.Kind);
        Assert.Equal(TimeSpan.FromDays(28), job.Window);
        Assert.Equal(["interaction"], job.Events.Keys);
        Assert.Empty(job.Scorers);
    }

    [Theory]
    [InlineData("popular: { trendingBase: 7d }", 7)]
    [InlineData("window: 60d", 60)]
    public void The_window_is_as_long_as_the_base_of_the_trend_unless_it_is_written(string line, int days) =>
        Assert.Equal(TimeSpan.FromDays(days), _project.Load(Shortest + line).Job.Window);

    [Fact]
    public void Every_key_that_would_mean_nothing_is_named_at_once() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:6: events.interaction.halfLife: popular.halfLife says how events fade in a trending job; "
                    + "expected no such key.",
                "jobs/movies.yaml:7: scorers: a trending job learns nothing and makes no lists of users; expected no such key.",
                "jobs/movies.yaml:8: guard: a trending job learns nothing and makes no lists of users; expected no such key.",
                "jobs/movies.yaml:9: live.seen: a trending job makes no lists of users; expected no such key.",
            ],
            _project.MistakesIn(
                Shortest
                + "events: { interaction: { weight: 2, halfLife: 9d } }\nscorers: { als: {} }\nguard: { minUsers: 3 }\n"
                + "live: { seen: { table: t, user: u, item: i } }\n")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Windows_lie_inside_each_other() =>
        Assert.Equal(
            [
                "jobs/movies.yaml:7: popular.trendingBase: found 14d; expected at most window, 7d.",
                "jobs/movies.yaml:7: popular.trendingWindow: found 15d; expected at most popular.trendingBase, 14d.",
                "jobs/movies.yaml:7: popular.window: found 8d; expected at most window, 7d.",
            ],
            _project.MistakesIn(Shortest + "window: 7d\npopular: { window: 8d, trendingWindow: 15d, trendingBase: 14d }")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void A_job_without_a_kind_is_no_trending_job() => Assert.Equal(JobKind.Refresh, _project.Load(SomeProject.ShortestJob).Job.Kind);
}
