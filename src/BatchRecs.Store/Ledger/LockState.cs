using System.Globalization;

namespace BatchRecs.Store.Ledger;

/// <summary>The lock of a recommender as the store has it; who holds it may change the recommender's releases.</summary>
public sealed record LockState
{
    /// <summary>Gets the name of the recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Gets how often the lock was given to somebody.</summary>
    public required long Fence { get; init; }

    /// <summary>Gets the token of the piece of work that holds it; null while nobody does.</summary>
    public string? Holder { get; init; }

    /// <summary>Gets what the holder does: <c>run</c>, <c>prune</c>, <c>migrate --recreate</c>.</summary>
    public string? Purpose { get; init; }

    /// <summary>Gets the run that holds it; null if it is no run.</summary>
    public long? RunId { get; init; }

    /// <summary>Gets the name of the holder's machine.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the id of the holder's process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Gets when it was taken, by the store's clock.</summary>
    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>Gets until when the holder counts as living unless it says more, by the store's clock.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the stage that the run came to last; null if it is no run or has not begun one.</summary>
    public string? Stage { get; init; }

    /// <summary>Gets a value indicating whether somebody holds it and has not certainly ended.</summary>
    public bool IsHeld => Holder is not null && IsExpired == 0 && !Owner.IsGone();

    /// <summary>
    /// Gets who holds it, in words: <c>run 41 of movies on HOST, process 123, since 2026-03-01 05:00:00Z, stage train</c>.
    /// </summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{(RunId is { } run ? $"run {run}" : Purpose)} of {Recommender} on {Host}, process {ProcessId}, since {AcquiredAt:u}"
        + $"{(Stage is null ? "" : $", stage {Stage.ToLowerInvariant()}")}");

    internal string? Machine { get; init; }

    internal DateTimeOffset? ProcessStartedAt { get; init; }

    internal long IsExpired { get; init; }

    internal LockOwner Owner => new(Holder!, Host!, Machine!, ProcessId!.Value, ProcessStartedAt!.Value);
}

/// <summary>A wish that the work under the lock ends.</summary>
/// <param name="RequestedBy">Who wants it; null = nobody does.</param>
/// <param name="Reason">Why, in the words of who wants it; null if nothing was said.</param>
public sealed record CancelRequest(string? RequestedBy, string? Reason);
