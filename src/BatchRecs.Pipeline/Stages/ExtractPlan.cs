using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Stages;

/// <summary>What extract reads.</summary>
/// <param name="Request">Sources, window, as-of and limits.</param>
/// <param name="Items">The item table; null = none.</param>
/// <param name="ExcludedItems">Items for nobody; null = none.</param>
/// <param name="ExcludedPairs">Forbidden pairs; null = none.</param>
/// <param name="OptedOut">Users who want nothing personal; null = none.</param>
/// <param name="Segments">The attribute of the users by which groups are measured apart; null = none.</param>
public sealed record ExtractPlan(
    ExtractRequest Request,
    ItemSource? Items,
    ExclusionSource? ExcludedItems,
    ExclusionSource? ExcludedPairs,
    ExclusionSource? OptedOut = null,
    SegmentSource? Segments = null);
