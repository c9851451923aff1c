using System.ComponentModel.DataAnnotations;
using BatchRecs.Core.Ranking.Exploration;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Places of main lists are given to items that are drawn, with their exact probabilities.</summary>
public sealed record ExploreOptions
{
    /// <summary>Gets the places in the list, from 1, ascending; lists that end before the last one do not explore.</summary>
    /// <value>The default is the fifth alone.</value>
    [MinLength(1)]
    public IReadOnlyList<int> Ranks { get; init; } = [5];

    /// <summary>Gets which items can be drawn.</summary>
    /// <value>The default is <see cref="ExplorationPool.UnderExposed"/>.</value>
    public ExplorationPool Pool { get; init; } = ExplorationPool.UnderExposed;

    /// <summary>Gets how many items can be drawn, before what a user may not get is left out.</summary>
    /// <value>The default is 50.</value>
    [Range(2, 1000)]
    public int PoolSize { get; init; } = 50;

    /// <summary>Gets how long after its first event an item is new; counts for <c>pool: new</c>.</summary>
    /// <value>The default is 30 days.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan NewWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets how little the blend's opinion bends the draw: 0.01 nearly follows it, 100 ignores it.</summary>
    /// <value>The default is 0.25.</value>
    [Range(0.01, 100.0)]
    public double Temperature { get; init; } = 0.25;

    /// <summary>Gets the share of the probability that is spread evenly over the pool.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.01, 1.0)]
    public double Uniform { get; init; } = 0.1;

    /// <summary>Gets the share of the users whose lists explore: always the same ones.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0.001, 1.0)]
    public double Share { get; init; } = 0.3;

    /// <summary>Gets where what came of drawn items is logged; null = nowhere, and there is no report.</summary>
    public OutcomeOptions? Outcomes { get; init; }
}

/// <summary>Where an application logs what came of drawn items: exactly one of <see cref="Table"/> and <see cref="Query"/>.</summary>
public sealed record OutcomeOptions
{
    /// <summary>Gets the table or view in the warehouse.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the columns.</summary>
    public required OutcomeColumns Columns { get; init; }

    /// <summary>Gets the unit of an integer time column.</summary>
    /// <value>The default is <see cref="TimeUnit.Seconds"/>.</value>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Seconds;
}

/// <summary>Which column of the log is what.</summary>
public sealed record OutcomeColumns
{
    /// <summary>Gets the column of the user id.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }

    /// <summary>Gets the column of the time at which the item was shown, which says from which release it came.</summary>
    public required string Time { get; init; }

    /// <summary>Gets the column of what it brought: 0 where it was shown in vain.</summary>
    /// <value>Without it each row is a success, and all that was drawn counts as shown.</value>
    public string? Reward { get; init; }
}
