namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A clock that stands still until a test moves it.</summary>
sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
