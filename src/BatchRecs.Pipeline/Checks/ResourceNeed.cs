using System.Globalization;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Checks;

/// <summary>What a run needs of one resource, and how much of it there is.</summary>
/// <param name="What"><c>memory</c> or <c>disk</c>.</param>
/// <param name="Where">Which memory, or which disk.</param>
/// <param name="NeededBytes">The estimate.</param>
/// <param name="AvailableBytes">What there is, or what the job allows.</param>
/// <param name="IsLimit">True if the job says how much there is.</param>
public sealed record ResourceNeed(string What, string Where, long NeededBytes, long AvailableBytes, bool IsLimit)
{
    /// <summary>Gets a value indicating whether a run fits.</summary>
    public bool Fits => NeededBytes <= AvailableBytes;

    /// <summary>Gets what is missing and what to do, for an operator.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"a run needs about {new ByteSize(NeededBytes)} of {What}; {(IsLimit ? $"limits.{What} allows" : "there are")} "
        + $"{new ByteSize(AvailableBytes)} ({Where}). {Remedy}");

    string Remedy => What == "memory"
        ? "A shorter window, fewer scorers.als.factors or a larger machine help; limits.memory lets a run begin all the same."
        : "Make room, lower artifacts.keep or publish.keepReleases, or move .batchrecs; limits.disk lets a run begin all the same.";
}
