namespace BatchRecs.Core.Evaluation;

/// <summary>What the test period held. A pair is one user and one item, however many events they have.</summary>
public sealed record SplitCounts
{
    /// <summary>Gets the number of events in training.</summary>
    public required long TrainingEvents { get; init; }

    /// <summary>Gets the number of users with an event in training.</summary>
    public required int TrainingUsers { get; init; }

    /// <summary>Gets the number of items with an event in training.</summary>
    public required int TrainingItems { get; init; }

    /// <summary>Gets the number of positive events in the test period.</summary>
    public required long TestEvents { get; init; }

    /// <summary>Gets the number of distinct pairs of these events.</summary>
    public required int TestPairs { get; init; }

    /// <summary>Gets the number of test pairs whose user and item both have an event in training.</summary>
    public required int KnownPairs { get; init; }

    /// <summary>Gets the number of test pairs that have an event in training themselves.</summary>
    public required int RepeatPairs { get; init; }

    /// <summary>Gets the number of test pairs that count: known, and new unless repeats are allowed.</summary>
    public required int EvaluatedPairs { get; init; }

    /// <summary>Gets the number of users with such a pair.</summary>
    public required int EvaluatedUsers { get; init; }

    /// <summary>Gets the number of users known in training who have test pairs, but none that counts.</summary>
    public required int SkippedUsers { get; init; }

    /// <summary>Gets the number of users with test pairs but without an event in training.</summary>
    public required int ColdUsers { get; init; }

    /// <summary>Gets the number of test pairs of cold users.</summary>
    public required int ColdUserPairs { get; init; }

    /// <summary>Gets the number of items in test pairs without an event in training.</summary>
    public required int ColdItems { get; init; }

    /// <summary>Gets the number of test pairs of cold items.</summary>
    public required int ColdItemPairs { get; init; }
}
