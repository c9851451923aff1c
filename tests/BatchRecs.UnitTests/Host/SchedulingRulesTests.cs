using BatchRecs.Core.Errors;
using BatchRecs.Host.Scheduling;
using BatchRecs.Pipeline.Definitions;
using Quartz;

namespace BatchRecs.UnitTests.Host;

public sealed class SchedulingRulesTests
{
    static readonly CronExpression AtThree = CronExpression.Parse("0 3 * * *", CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);

    public static TheoryData<BatchRecsException, bool> Failures => new()
    {
        { new ConfigurationException(""), false },
        { new InputDataException(""), false },
        { new TrainingDivergedException(""), false },
        { new StoreException(""), true },
        { new ResourceException(""), true },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Only_failures_that_may_pass_are_repeated(BatchRecsException failure, bool expected) =>
        Assert.Equal(expected, Repetition.IsWorthwhile(failure));

    [Fact]
    public void Attempts_and_delay_become_the_policy_of_the_scheduler()
    {
        Assert.Equal(RetryPolicy.Fixed(2, TimeSpan.FromMinutes(10)), Repetition.PolicyOf(new RetryOptions()));
        Assert.Equal(RetryPolicy.None, Repetition.PolicyOf(new RetryOptions { Attempts = 0 }));
    }

    [Theory]
    [InlineData("2026-03-02T03:00:00.0040000Z", "2026-03-02T03:00:00Z")]
    [InlineData("2026-03-02T03:10:00Z", "2026-03-02T03:00:00Z")]
    [InlineData("2026-03-02T02:59:59Z", "2026-03-01T03:00:00Z")]
    public void A_firing_belongs_to_the_newest_regular_time_that_is_not_after_it(string firedAt, string expected) =>
        Assert.Equal(Time(expected), Occurrence.Of(AtThree, Time(firedAt)));

    [Theory]
    [InlineData("0 3 * * 0", "0 0 3 ? * SUN")]
    [InlineData("0 3 * * 7", "0 0 3 ? * SUN")]
    [InlineData("*/15 * * * *", "0 */15 * * * ?")]
    [InlineData("30 0 3 * * ?", "30 0 3 * * ?")]
    public void Five_fields_are_read_as_Unix_does_and_six_as_Quartz_does(string cron, string expected) =>
        Assert.Equal(expected, Schedule(cron, "UTC").ParseCron().CronExpressionString);

    [Fact]
    public void An_unknown_time_zone_is_a_configuration_mistake()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Schedule("0 3 * * *", "Europe/Berlyn").ParseCron());

        Assert.Equal("schedule nightly: timeZone is 'Europe/Berlyn', which is no time zone; write it as Europe/Berlin.", exception.Message);
    }

    static NamedSchedule Schedule(string cron, string timeZone) =>
        new("nightly", new ScheduleDefinition { Job = "jobs/shop.yaml", Cron = cron, TimeZone = timeZone });

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
