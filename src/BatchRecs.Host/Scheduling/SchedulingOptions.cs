namespace BatchRecs.Host.Scheduling;

/// <summary>How the scheduler behaves.</summary>
sealed record SchedulingOptions
{
    /// <summary>Gets the schema of the scheduler's tables in PostgreSQL.</summary>
    /// <value>The default is <c>batchrecs</c>.</value>
    public string Schema { get; init; } = "batchrecs";

    /// <summary>Gets how late a firing may be before it counts as missed.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan MisfireThreshold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how long the history of executions is kept.</summary>
    /// <value>The default is 90 days.</value>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Gets how many executions the history keeps at most.</summary>
    /// <value>The default is 100,000.</value>
    public int HistoryEntries { get; init; } = 100_000;

    /// <summary>Gets how many jobs may run at once.</summary>
    /// <value>The default is 2: a run uses all processors where it can.</value>
    public int ConcurrentJobs { get; init; } = 2;
}
