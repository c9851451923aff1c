using System.Globalization;

namespace BatchRecs.Core.Evaluation;

/// <summary>What the lists of one release look like, and how far they and what users take have moved: plain data, ready for JSON.</summary>
public sealed record MonitorReport
{
    /// <summary>Gets how many ranks count.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets the number of items that may be recommended.</summary>
    public required int Items { get; init; }

    /// <summary>Gets the share of these items that some list has in the counted ranks, in [0, 1].</summary>
    public required double Coverage { get; init; }

    /// <summary>Gets the Gini coefficient of the items' appearances, those without any included: 0 = even, near 1 = few items.</summary>
    public required double Gini { get; init; }

    /// <summary>Gets the share of the counted rows whose item is outside the best known fifth of the catalogue, in [0, 1].</summary>
    public required double TailShare { get; init; }

    /// <summary>Gets the release that the lists are compared with: the one that readers have until this one is published.</summary>
    public long? PreviousReleaseId { get; init; }

    /// <summary>Gets how much the lists differ from those of that release; null where there is none.</summary>
    public ChurnFigures? Churn { get; init; }

    /// <summary>Gets how far the scores have moved since that release: population stability index; null where there is none.</summary>
    public double? ScoreDrift { get; init; }

    /// <summary>Gets how far what users take has moved: Jensen-Shannon divergence, in bits; null where there are too few days.</summary>
    public double? PopularityDrift { get; init; }

    /// <summary>Gets the limits that are crossed, each with figure and limit.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Works out the figures of the items that may be recommended.</summary>
    /// <param name="users">Distinct users of each item.</param>
    /// <param name="exposure">Lists that hold each item in the counted ranks.</param>
    /// <param name="depth">How many ranks count.</param>
    public static MonitorReport Of(int[] users, long[] exposure, int depth)
    {
        var catalogue = new CataloguePopularity(users, users.DefaultIfEmpty(0).Max());
        long rows = exposure.Sum(), tail = exposure.Where((_, item) => catalogue.IsTail[item]).Sum();
        return new MonitorReport
        {
            Depth = depth,
            Items = users.Length,
            Coverage = users.Length == 0 ? 0 : (double)exposure.Count(count => count > 0) / users.Length,
            Gini = ListFigures.GiniOf(exposure),
            TailShare = rows == 0 ? 0 : (double)tail / rows,
        };
    }

    /// <summary>Returns this report with what crosses a limit.</summary>
    public MonitorReport Against(MonitorLimits limits) => this with { Warnings = [.. Crossed(limits)] };

    IEnumerable<string> Crossed(MonitorLimits limits)
    {
        if (limits.MinCoverage is { } coverage && Coverage < coverage)
            yield return Text($"coverage@{Depth} is {Coverage:0.####}, monitor.minCoverage is {coverage}");
        if (limits.MaxGini is { } gini && Gini > gini)
            yield return Text($"Gini@{Depth} is {Gini:0.####}, monitor.maxGini is {gini}");
        if (limits.MinTailShare is { } tail && TailShare < tail)
            yield return Text($"tail share@{Depth} is {TailShare:0.####}, monitor.minTailShare is {tail}");
        if (limits.MaxChurn is { } churn && 1 - Churn?.Jaccard > churn)
            yield return Text(
                $"churn@{Depth} against release {PreviousReleaseId} is {1 - Churn!.Jaccard:0.####}, monitor.maxChurn is {churn}");
        if (limits.MaxScoreDrift is { } scores && ScoreDrift > scores)
            yield return Text($"score drift since release {PreviousReleaseId} is {ScoreDrift:0.####}, monitor.maxScoreDrift is {scores}");
        if (limits.MaxPopularityDrift is { } popularity && PopularityDrift > popularity)
            yield return Text($"popularity drift is {PopularityDrift:0.####}, monitor.maxPopularityDrift is {popularity}");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>When a figure of a release is worth a warning; null = never.</summary>
public sealed record MonitorLimits
{
    /// <summary>Gets the least <see cref="MonitorReport.Coverage"/>.</summary>
    public double? MinCoverage { get; init; }

    /// <summary>Gets the greatest <see cref="MonitorReport.Gini"/>.</summary>
    public double? MaxGini { get; init; }

    /// <summary>Gets the least <see cref="MonitorReport.TailShare"/>.</summary>
    public double? MinTailShare { get; init; }

    /// <summary>Gets the greatest 1 − <see cref="ChurnFigures.Jaccard"/>.</summary>
    public double? MaxChurn { get; init; }

    /// <summary>Gets the greatest <see cref="MonitorReport.ScoreDrift"/>.</summary>
    public double? MaxScoreDrift { get; init; }

    /// <summary>Gets the greatest <see cref="MonitorReport.PopularityDrift"/>.</summary>
    public double? MaxPopularityDrift { get; init; }
}
