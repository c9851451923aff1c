namespace BatchRecs.UnitTests.Store;

/// <summary>A clock whose pauses are over at once; it keeps how long each was meant to be, and moves on by that much.</summary>
sealed class PauseClock : TimeProvider
{
    long _ticks;

    public List<TimeSpan> Pauses { get; } = [];

    /// <summary>Gets or sets what happens in place of the end of a pause.</summary>
    public Action? Instead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Add(dueTime);
        _ticks += dueTime.Ticks;
        if (Instead is null)
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        else
            ThreadPool.QueueUserWorkItem(_ => Instead());
        return new Over();
    }

    sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
