using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.ReRanking;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>What the shop wants of some items, whatever people like.</summary>
/// <remarks>Exactly one of <see cref="Items"/>, <see cref="Category"/> and <see cref="Query"/> says which items are meant.</remarks>
public sealed record RuleOptions
{
    /// <summary>Gets what is done; null = each row of the query says it.</summary>
    public RuleAction? Action { get; init; }

    /// <summary>Gets the ids of the items; null = they are not listed.</summary>
    [MinLength(1)]
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Gets the category of the items; null = they are not named so.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the path of an SQL file whose rows are the items; null = there is none.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the rank of a pin; null = the rule is none.</summary>
    [Range(1, 1000)]
    public int? Rank { get; init; }

    /// <summary>Gets the factor of a boost, from 1, or of a bury, below 1; null = there is none, which buries behind all others.</summary>
    [Range(0.0, 1000.0)]
    public double? Factor { get; init; }

    /// <summary>Gets the name of the users whom the rule is for, one of <c>segments</c>; null = everybody.</summary>
    public string? Segment { get; init; }
}
