using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Stages;

/// <summary>What extract reads.</summary>
/// <param name="Request">Sources, window, as-of and limits.</param>
/// <param name="Items">The item table; null = none.</param>
/// <param name="ExcludedItems">Items for nobody; null = none.</param>
/// <param name="ExcludedPairs">Forbidden pairs; null = none.</param>
/// <param name="OptedOut">Users who want nothing personal; null = none.</param>
/// <param name="Rules">The rules and what they ask for; null = none.</param>
/// <param name="Segments">The attribute of the users by which groups are measured apart; null = none.</param>
public sealed record ExtractPlan(
    ExtractRequest Request,
    ItemSource? Items,
    ExclusionSource? ExcludedItems,
    ExclusionSource? ExcludedPairs,
    ExclusionSource? OptedOut = null,
    RuleSource? Rules = null,
    SegmentSource? Segments = null)
{
    /// <summary>Gets what is read after the events, with what messages call it.</summary>
    public IEnumerable<(string Label, SourceRelation Relation)> AfterEvents =>
    [
        .. Items is null ? [] : new[] { (Items.Label, Items.Relation) },
        .. new[] { ExcludedItems, ExcludedPairs, OptedOut }.OfType<ExclusionSource>()
            .Concat(Rules is null ? [] : Rules.Queries.OfType<ExclusionSource>().Concat(Rules.Segments.Select(segment => segment.Value)))
            .Select(source => (source.Label, source.Relation)),
        .. Segments is null ? [] : new[] { (Segments.Label, Segments.Relation) },
    ];
}
