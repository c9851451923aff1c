using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store.Artifacts;

namespace BatchRecs.UnitTests.Definitions;

/// <summary>Configuration is never silently dropped: every key that exists means something, every other one is refused.</summary>
public sealed class EveryKeyTests : IDisposable
{
    readonly SomeProject _project = new();

    public EveryKeyTests()
    {
        _project.Write("jobs/queries/views.sql", "select 1");
        _project.Write("jobs/queries/other.sql", "select 2");
        _project.Write("jobs/other.yaml", "");
        _project.Write("jobs/movies.yaml", "");
    }

    public static TheoryData<string> JobKeys => [.. ConfigurationKeys.Of(typeof(RefreshJob)).Select(key => key.Path)];

    public static TheoryData<string> ScheduleKeys => [.. ConfigurationKeys.Of(typeof(ScheduleDefinition)).Select(key => key.Path)];

    public static TheoryData<string> JobValues => [.. JobFileValues.All.Keys.Except(["kind"])];

    public void Dispose() => _project.Dispose();

    [Fact]
    public void There_is_an_example_for_every_key_that_is_no_section() =>
        Assert.Equal(
            ConfigurationKeys.Of(typeof(RefreshJob)).Where(IsLeaf).Select(key => key.Path).Order(StringComparer.Ordinal),
            JobFileValues.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(JobKeys))]
    public void A_misspelt_key_of_a_job_is_named(string key)
    {
        string path = JobFileValues.Concrete(key);

        string[] mistakes = _project.MistakesIn(SomeFile.Job().With($"{path}x", "1").ToString());

        Assert.Contains(mistakes, mistake => mistake.EndsWith(UnknownKey(path), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ScheduleKeys))]
    public void A_misspelt_key_of_a_schedule_is_named(string key)
    {
        string[] mistakes = MistakesInSchedule(SomeFile.Schedule().With($"{key}x", "1"));

        Assert.Contains(mistakes, mistake => mistake.EndsWith(UnknownKey(key), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(JobValues))]
    public void A_key_of_a_job_takes_a_value_that_changes_the_job(string key)
    {
        var file = SomeFile.Job();
        if (key is "items.query" or "monitor.impressions.query" or "evaluate.segments.query" or "explore.outcomes.query")
            file.With(key.Replace("query", "table", StringComparison.Ordinal), null).With(key, "\"jobs/queries/views.sql\"");
        var before = _project.Load(file.ToString());

        var after = _project.Load(file.With(JobFileValues.Concrete(key), JobFileValues.All[key]).ToString());

        Assert.NotEqual(CanonicalJson.Of(before.Job), CanonicalJson.Of(after.Job));
        Assert.Equal(key == "threads", before.Hash == after.Hash);
    }

    [Theory]
    [InlineData("job", "\"jobs/other.yaml\"")]
    [InlineData("cron", "\"0 4 * * *\"")]
    [InlineData("timeZone", "\"Europe/Berlin\"")]
    [InlineData("enabled", "false")]
    [InlineData("misfire", "\"skip\"")]
    [InlineData("retry.attempts", "3")]
    [InlineData("retry.delay", "\"20m\"")]
    public void A_key_of_a_schedule_takes_a_value_that_changes_the_schedule(string key, string value) =>
        Assert.NotEqual(LoadSchedule(SomeFile.Schedule()), LoadSchedule(SomeFile.Schedule().With(key, value)));

    [Fact]
    public void The_kind_of_a_refresh_job_may_be_written() =>
        Assert.Equal(JobKind.Refresh, _project.Load(SomeFile.Job().With("kind", "\"refresh\"").ToString()).Job.Kind);

    static bool IsLeaf(ConfigurationKey key) =>
        !ConfigurationKeys.Of(typeof(RefreshJob)).Any(other =>
            other.Path.StartsWith($"{key.Path}.", StringComparison.Ordinal)
            || other.Path.StartsWith($"{key.Path}[", StringComparison.Ordinal));

    static string UnknownKey(string key) => $": {key}x: unknown key; did you mean '{key.Split('.')[^1]}'?";

    ScheduleDefinition LoadSchedule(SomeFile file)
    {
        _project.Write("schedules/nightly.yaml", file.ToString());
        return ScheduleFile.Load("schedules/nightly.yaml", _project.Root);
    }

    string[] MistakesInSchedule(SomeFile file) =>
        Assert.Throws<ConfigurationException>(() => LoadSchedule(file)).Message.Split(Environment.NewLine);
}
