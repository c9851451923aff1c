namespace BatchRecs.Core.Evaluation;

/// <summary>What lists are like besides right or wrong. A figure is null where it cannot be worked out.</summary>
public sealed record ListQuality
{
    /// <summary>Gets what similarity is measured by: <c>categories</c> or <c>factors</c>; null = nothing is known.</summary>
    public required string? Similarity { get; init; }

    /// <summary>Gets the mean, over lists of two items or more, of 1 − the mean cosine of their pairs; null without a similarity.</summary>
    public required double? Diversity { get; init; }

    /// <summary>Gets the mean over hits of [not among the N best known items] · (1 − the largest cosine to the user's history, or 0 if
    /// that is negative); null without a similarity or a hit.</summary>
    public required double? Serendipity { get; init; }

    /// <summary>Gets the mean over users of KL(p‖q̃) in nats, from the categories p of their history to those q of their list; null
    /// without categories.</summary>
    public required double? Miscalibration { get; init; }

    /// <summary>Gets the share of the lists in which ranks N and N + 1 have equal scores, so that the item index decides who is in;
    /// null at the largest length, behind which nothing is listed.</summary>
    public required double? TiesAtCut { get; init; }
}
