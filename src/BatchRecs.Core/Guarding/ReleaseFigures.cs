using System.Text.Json.Serialization;
using BatchRecs.Core.Allocating;

namespace BatchRecs.Core.Guarding;

/// <summary>What the guard needs to know of a finished release.</summary>
public sealed record ReleaseFigures
{
    /// <summary>Gets the number of users with a list of at least one item.</summary>
    public required int Users { get; init; }

    /// <summary>Gets the length that the lists of 95 % of all users who should have one reach; 0 without lists.</summary>
    public required int CommonLength { get; init; }

    /// <summary>Gets the length of a full list.</summary>
    public required int FullLength { get; init; }

    /// <summary>Gets how many ranks count for <see cref="Coverage"/>.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets the share of the eligible items in the first <see cref="Depth"/> ranks of some list, in [0, 1].</summary>
    public required double Coverage { get; init; }

    /// <summary>Gets what each allocator did; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AllocationStep>? Allocation { get; init; }

    /// <summary>Gets the number of rows whose score is not a finite number.</summary>
    public required long NonFiniteScores { get; init; }
}
