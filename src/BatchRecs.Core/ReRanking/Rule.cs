namespace BatchRecs.Core.ReRanking;

/// <summary>What a rule does with items.</summary>
public enum RuleAction
{
    /// <summary>Puts an item at a rank.</summary>
    Pin,

    /// <summary>Raises items: the scores of their places are multiplied by a factor of at least 1.</summary>
    Boost,

    /// <summary>Lowers items: the scores of their places are multiplied by a factor below 1; 0 = behind all others.</summary>
    Bury,

    /// <summary>Keeps items out of every list.</summary>
    Block,
}

/// <summary>What the shop wants of some items, whatever people like.</summary>
/// <remarks>
/// The items come from exactly one of <see cref="Items"/>, <see cref="Category"/> and a query. A rule with a query or a segment says
/// nothing before the warehouse was asked: its rows are <see cref="RuleRow"/>s.
/// </remarks>
public sealed record Rule
{
    /// <summary>Gets what is done; null = the rows of the query say it.</summary>
    public RuleAction? Action { get; init; }

    /// <summary>Gets the ids of the items as text; null = the rule names none.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Gets the category of the items; null = the rule names none.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the rank of a pin, from 1, or the factor of a boost or bury.</summary>
    public double Value { get; init; }

    /// <summary>Gets the name of the segment of users that it holds for; null = everybody.</summary>
    public string? Segment { get; init; }
}

/// <summary>One item of a rule that a query gave.</summary>
/// <param name="Rule">Index of the rule in the recipe.</param>
/// <param name="Item">Item index.</param>
/// <param name="Action">What is done.</param>
/// <param name="Value">Rank of a pin, or factor.</param>
/// <param name="Segment">Index of the segment, or −1 for everybody.</param>
public readonly record struct RuleRow(int Rule, int Item, RuleAction Action, double Value, int Segment);

/// <summary>What the warehouse was asked for by rules: rows of queries, and who is in which segment.</summary>
public sealed record RuleData
{
    /// <summary>Gets the data of rules that ask for nothing.</summary>
    public static RuleData None { get; } = new() { Rows = [], SegmentNames = [], Members = [] };

    /// <summary>Gets the rows of the rules with queries, ascending by rule, then item.</summary>
    public required IReadOnlyList<RuleRow> Rows { get; init; }

    /// <summary>Gets the names of the segments.</summary>
    public required IReadOnlyList<string> SegmentNames { get; init; }

    /// <summary>Gets the users of each segment: user indices, ascending.</summary>
    public required IReadOnlyList<int[]> Members { get; init; }

    /// <summary>Gets the number of rows that named an item or user without an event, or none; they change nothing.</summary>
    public long UnknownRows { get; init; }
}
