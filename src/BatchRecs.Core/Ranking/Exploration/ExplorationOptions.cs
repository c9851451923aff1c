using System.Globalization;
using System.Text.Json;

namespace BatchRecs.Core.Ranking.Exploration;

/// <summary>How places of lists are given to items that are drawn.</summary>
public sealed record ExplorationOptions
{
    /// <summary>Gets the places, from 1, ascending; at least one.</summary>
    public required IReadOnlyList<int> Ranks { get; init; }

    /// <summary>Gets which items can be drawn.</summary>
    public required ExplorationPool Pool { get; init; }

    /// <summary>Gets how many items the pool has at most, before what a user may not get is left out.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Gets how many ranks count when it is asked how many lists hold an item.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets how long after its first event an item is new; counts for <see cref="ExplorationPool.New"/> alone.</summary>
    public required TimeSpan NewWithin { get; init; }

    /// <summary>Gets the temperature t &gt; 0: the higher, the less the blend's opinion counts.</summary>
    public required double Temperature { get; init; }

    /// <summary>Gets the share u in (0, 1] of the probability that is spread evenly.</summary>
    public required double Uniform { get; init; }

    /// <summary>Gets the share of the users whose lists explore, in (0, 1]; it is always the same users.</summary>
    public required double Share { get; init; }

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets what items are drawn from, in a word for the logs of applications.</summary>
    public string Policy => string.Create(
        CultureInfo.InvariantCulture, $"{JsonNamingPolicy.CamelCase.ConvertName(Pool.ToString())} t={Temperature} u={Uniform}");
}

/// <summary>Which items can be drawn.</summary>
public enum ExplorationPool
{
    /// <summary>Those that the fewest lists of this release hold.</summary>
    UnderExposed,

    /// <summary>Those whose first event is young.</summary>
    New,

    /// <summary>A random part of the whole catalogue, another one each day.</summary>
    All,
}
