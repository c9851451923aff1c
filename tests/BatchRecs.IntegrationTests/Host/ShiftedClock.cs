namespace BatchRecs.IntegrationTests.Host;

/// <summary>A clock that runs at the usual speed but shows another time.</summary>
sealed class ShiftedClock(DateTimeOffset startsAt) : TimeProvider
{
    readonly TimeSpan _shift = startsAt - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
