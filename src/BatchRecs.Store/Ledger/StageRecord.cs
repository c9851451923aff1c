namespace BatchRecs.Store.Ledger;

/// <summary>What the ledger learns of a stage when it ends.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Key">Key of its artifact.</param>
/// <param name="Result">How it got its result, as text: <c>Computed</c>, <c>Loaded</c>, <c>LeftOut</c>; null if it failed.</param>
/// <param name="Rows">What it handled.</param>
/// <param name="Unit">What <paramref name="Rows"/> counts.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Note">What an operator would like to know, in a few words.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record StageEnd(
    string Stage,
    string Key,
    string? Result,
    long Rows,
    string Unit,
    TimeSpan Elapsed,
    string Note = "",
    string? Error = null);

/// <summary>A stage of a run in the ledger.</summary>
public sealed record StageRecord
{
    /// <summary>Gets the name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets the key of its artifact.</summary>
    public required string Key { get; init; }

    /// <summary>Gets how it got its result; null while it runs or if it failed.</summary>
    public string? Result { get; init; }

    /// <summary>Gets what it handled; null while it runs.</summary>
    public long? Rows { get; init; }

    /// <summary>Gets what <see cref="Rows"/> counts.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets its wall time in milliseconds; null while it runs.</summary>
    public long? ElapsedMs { get; init; }

    /// <summary>Gets what an operator would like to know.</summary>
    public string? Note { get; init; }

    /// <summary>Gets why it failed; null if it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>A measurement of a recommender in the ledger.</summary>
public sealed record EvaluationRecord
{
    /// <summary>Gets the hash of the job definition that was measured.</summary>
    public required string JobHash { get; init; }

    /// <summary>Gets the report as JSON.</summary>
    public required string Report { get; init; }

    /// <summary>Gets the run that measured.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets when.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }
}
