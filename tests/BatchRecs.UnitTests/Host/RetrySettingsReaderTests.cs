using BatchRecs.Core.Errors;
using BatchRecs.Host.Engines;
using BatchRecs.Store;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.UnitTests.Host;

public sealed class RetrySettingsReaderTests
{
    [Fact]
    public void Without_a_word_the_defaults_hold() => Assert.Equal(new RetrySettings(), Read());

    [Fact]
    public void Every_key_is_read() => Assert.Equal(
        new RetrySettings { Attempts = 3, FirstDelay = TimeSpan.FromSeconds(0.25), MaxDelay = TimeSpan.FromMinutes(1) },
        Read(("retries:attempts", "3"), ("retries:firstDelay", "0.25s"), ("retries:maxDelay", "1m")));

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(
            ("retries:attempts", "0"), ("retries:firstDelay", "500"), ("retries:maxDelay", "2h"), ("retries:delay", "1s")));

        Assert.Equal(
            [
                "retries.delay: unknown key; expected: attempts, firstDelay, maxDelay.",
                "retries.attempts: found '0'; expected a whole number from 1 to 100.",
                "retries.firstDelay: found '500'; expected a duration from 0.01s to 1h, such as 0.5s or 10s.",
                "retries.maxDelay: found '2h'; expected a duration from 0.01s to 1h, such as 0.5s or 10s.",
            ],
            error.Message.Split(Environment.NewLine));
    }

    static RetrySettings Read(params (string Key, string Value)[] settings) => RetrySettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build());
}
