namespace BatchRecs.Core.Evaluation;

/// <summary>What was measured on the past, as it is kept beside the release and shown: plain data, ready for JSON.</summary>
public sealed record EvaluationReport
{
    /// <summary>The name of the list of recommendations proper.</summary>
    public const string MainList = "main";

    /// <summary>The name of the measurement of the main list in which items that a user had before count too.</summary>
    public const string RepeatsList = "repeats";

    /// <summary>The name of the list that users without events get.</summary>
    public const string ColdList = "cold";

    /// <summary>The name of the list of items to buy or see again.</summary>
    public const string AgainList = "again";

    /// <summary>The maker of main lists from which nothing is left out as seen.</summary>
    public const string RepeatsAllowed = "repeats-allowed";

    /// <summary>The maker of the popular list that is published, for those who have no list of their own.</summary>
    public const string PopularList = "popular-list";

    /// <summary>Gets the first instant of the test period (T1), in microseconds since 1970-01-01 UTC; nothing measured here has learnt
    /// from an event at or after it.</summary>
    public required long TestFrom { get; init; }

    /// <summary>Gets the time of the newest event of the test period, in microseconds since 1970-01-01 UTC.</summary>
    public required long TestUntil { get; init; }

    /// <summary>Gets what was picked on the validation window, by key of the job file (<c>blend.recent</c>).</summary>
    public required IReadOnlyDictionary<string, double> Tuned { get; init; }

    /// <summary>Gets the evaluation of each list.</summary>
    public required IReadOnlyList<ListEvaluation> Lists { get; init; }

    /// <summary>Gets how those fare whom training does not know: the popular list on users without events; null where nobody came new.
    /// Items without events are in no list, so their recall is 0; <see cref="SplitCounts"/> says how many there are.</summary>
    public ListEvaluation? ColdUsers { get; init; }

    /// <summary>Gets the test periods, the newest first; empty where there is only the one that <see cref="Lists"/> shows.</summary>
    public IReadOnlyList<WindowEvaluation> Windows { get; init; } = [];

    /// <summary>Gets the other configurations that were to be compared but could not be, and why.</summary>
    public IReadOnlyList<NotCompared> NotCompared { get; init; } = [];

    /// <summary>Returns the evaluation of the list of this name, or null if it was not evaluated.</summary>
    public ListEvaluation? List(string name) => Lists.FirstOrDefault(list => list.List == name);
}

/// <summary>A configuration that could not be compared.</summary>
/// <param name="Name">Its name, as it would stand among the makers of lists.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record NotCompared(string Name, string Reason);

/// <summary>How the makers of one list did: the published recipe and what it is compared with.</summary>
public sealed record ListEvaluation
{
    /// <summary>Gets the name of the list.</summary>
    public required string List { get; init; }

    /// <summary>Gets what the test period held.</summary>
    public required SplitCounts Counts { get; init; }

    /// <summary>Gets how many users the figures are of: where the test period has very many, some of them stand for all.</summary>
    public int MeasuredUsers { get; init; }

    /// <summary>Gets the makers; the recipe first, then the baselines, compared configurations, and every scorer alone.</summary>
    public required IReadOnlyList<MakerEvaluation> Makers { get; init; }

    /// <summary>Gets the differences of the recipe from every other maker, at every list length.</summary>
    public required IReadOnlyList<PairedDifference> Differences { get; init; }

    /// <summary>Gets how the recipe's lists differ from those of each compared configuration, at the primary list length.</summary>
    public IReadOnlyList<ListContrast> Contrasts { get; init; } = [];

    /// <summary>Gets the same for parts of the users and of the items; empty where it was not asked for.</summary>
    public IReadOnlyList<BucketTable> Buckets { get; init; } = [];
}

/// <summary>How one maker of lists did.</summary>
/// <param name="Name">Its name: that of a scorer, <c>popular</c>, the recipe's, or that of a compared configuration.</param>
/// <param name="At">Its metrics at each list length; the first is the primary one.</param>
/// <param name="Kind">What it is to the evaluation.</param>
public sealed record MakerEvaluation(string Name, IReadOnlyList<LengthEvaluation> At, MakerKind Kind);

/// <summary>The metrics of one maker at one list length.</summary>
public sealed record LengthEvaluation
{
    /// <summary>Gets the list length N.</summary>
    public required int Length { get; init; }

    /// <summary>Gets the mean of each metric over the users.</summary>
    public required IReadOnlyDictionary<RankingMetric, Interval> Metrics { get; init; }

    /// <summary>Gets what the lists show of the catalogue.</summary>
    public required ListFigures Lists { get; init; }

    /// <summary>Gets the popularity-stratified metrics, one entry per exponent.</summary>
    public required IReadOnlyList<StratifiedFigures> Stratified { get; init; }

    /// <summary>Gets what the lists are like besides right or wrong; null where it was not looked at.</summary>
    public ListQuality? Quality { get; init; }
}

/// <summary>The recipe against a baseline on the same users.</summary>
/// <param name="Baseline">Name of the maker that it is held against: a baseline, a compared configuration or a scorer alone.</param>
/// <param name="Length">List length N.</param>
/// <param name="Metric">What is compared.</param>
/// <param name="Difference">Mean of the recipe − mean of the baseline.</param>
/// <param name="Relative">Mean of the recipe / mean of the baseline − 1; null where the baseline has (nearly) no hits.</param>
public sealed record PairedDifference(string Baseline, int Length, RankingMetric Metric, Interval Difference, Interval? Relative);
