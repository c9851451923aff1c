using BatchRecs.Host.Scheduling;
using BatchRecs.Store;

namespace BatchRecs.Host.Serve;

/// <summary>What <c>serve</c> works with.</summary>
sealed record ServeSettings : IAsyncDisposable
{
    /// <summary>Gets the serving store, migrated; the scheduler keeps its tables there.</summary>
    public required Database Store { get; init; }

    /// <summary>Gets the operation that asks the store for an answer; it throws if there is none.</summary>
    public required Func<CancellationToken, Task> Ping { get; init; }

    /// <summary>Gets the schedule files.</summary>
    public required IReadOnlyList<NamedSchedule> Schedules { get; init; }

    /// <summary>Gets how the scheduler behaves.</summary>
    public SchedulingOptions Scheduling { get; init; } = new();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
