using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>How lists are measured before they are published.</summary>
public sealed record EvaluateOptions
{
    /// <summary>Gets when a run measures.</summary>
    /// <value>The default is <see cref="EvaluateWhen.OnChange"/>.</value>
    public EvaluateWhen When { get; init; } = EvaluateWhen.OnChange;

    /// <summary>Gets the part of the time that is held out for the test: a duration or a share of the events.</summary>
    /// <value>The default is 14 days.</value>
    [DurationRange("1h", "36500d")]
    public Holdout Holdout { get; init; } = Holdout.Of(TimeSpan.FromDays(14));

    /// <summary>Gets the part of the remaining time on which what is <c>tuned</c> is picked.</summary>
    /// <value>The default is 14 days: what is picked should hold now, so the window is short and next to the days it is picked for.</value>
    [DurationRange("1h", "36500d")]
    public Holdout Validation { get; init; } = Holdout.Of(TimeSpan.FromDays(14));

    /// <summary>Gets the list lengths at which metrics are given; the first is the primary one.</summary>
    /// <value>The default is 10, 20, 100, as far as a list is that long; no length may exceed <c>precompute.count</c>.</value>
    [MinLength(1)]
    public IReadOnlyList<int> At { get; init; } = DefaultAt;

    /// <summary>Gets a value indicating whether the main list is also measured with items that a user had before.</summary>
    /// <value>The default is false: only what is new to a user is a hit.</value>
    public bool Repeats { get; init; }

    /// <summary>Gets how many test periods the command <c>evaluate</c> and a run measure, one before the other.</summary>
    /// <value>The default is 1; each further one fits everything anew.</value>
    [Range(1, 5)]
    public int Windows { get; init; } = 1;

    /// <summary>Gets an attribute of the users by which groups are measured apart; null = none.</summary>
    public SegmentOptions? Segments { get; init; }

    /// <summary>Gets the default of <see cref="At"/>.</summary>
    internal static int[] DefaultAt { get; } = [10, 20, 100];
}

/// <summary>Where an attribute of the users comes from: exactly one of <see cref="Table"/> and <see cref="Query"/>.</summary>
public sealed record SegmentOptions
{
    /// <summary>Gets the table or view.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the columns.</summary>
    public required SegmentColumns Columns { get; init; }
}

/// <summary>Which column is what.</summary>
public sealed record SegmentColumns
{
    /// <summary>Gets the column of the user id.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the attribute.</summary>
    public required string Segment { get; init; }
}

/// <summary>When a run measures.</summary>
public enum EvaluateWhen
{
    /// <summary>When what is measured was defined otherwise at the last measurement, or that is a week old.</summary>
    OnChange,

    /// <summary>The same as <see cref="OnChange"/>, in the word of those whose jobs never change.</summary>
    Weekly,

    /// <summary>Every run.</summary>
    Nightly,
}

/// <summary>Limits that a finished release must keep; one that is broken refuses the publication.</summary>
public sealed record GuardOptions
{
    /// <summary>Gets how many users must have a list.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 2_000_000_000)]
    public int MinUsers { get; init; } = 1;

    /// <summary>Gets the length that nearly all (95 %) lists must have.</summary>
    /// <value>The default is 10, or the length of a full list where that is smaller.</value>
    [Range(0, 1000)]
    public int MinListLength { get; init; } = 10;

    /// <summary>Gets the share of the items that must appear in the first <see cref="Depth"/> ranks of some list.</summary>
    /// <value>The default is 0.01.</value>
    [Range(0.0, 1.0)]
    public double MinCoverage { get; init; } = 0.01;

    /// <summary>Gets how many ranks count for coverage.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 1000)]
    public int Depth { get; init; } = 10;

    /// <summary>Gets the baselines that the evaluated lists must not be worse than: built-in ones, or scorers by name.</summary>
    /// <value>The default is <c>popular</c>.</value>
    public IReadOnlyList<string> NoWorseThan { get; init; } = ["popular"];

    /// <summary>Gets how far what is read may lie outside of what the last good runs read; <c>none</c> compares nothing.</summary>
    [Word("none", Member = nameof(InputGuardOptions.None))]
    public InputGuardOptions Input { get; init; } = new();

    /// <summary>Gets how far the figures may lie from those of earlier runs of the same definition; <c>none</c> likewise.</summary>
    [Word("none", Member = nameof(ControlOptions.None))]
    public ControlOptions Control { get; init; } = new();

    /// <summary>Gets how a changed definition is compared with that of the current release; <c>none</c> likewise.</summary>
    [Word("none", Member = nameof(ChampionOptions.None))]
    public ChampionOptions Champion { get; init; } = new();
}

/// <summary>How releases are kept.</summary>
public sealed record PublishOptions
{
    /// <summary>
    /// Gets how many releases that were current once are kept, the current one included; of refused ones the newest stays.
    /// </summary>
    /// <value>The default is 5.</value>
    [Range(1, 100)]
    public int KeepReleases { get; init; } = 5;
}
