using System.Runtime.InteropServices;

namespace BatchRecs.Store.Quarantine;

/// <summary>Takes the rows that cannot be events: all are counted, of each source and reason the first are kept.</summary>
/// <remarks>
/// This is where user ids of bad rows go, and from here only into the quarantine table: messages, logs and artifacts never name them.
/// Used by one reader at a time.
/// </remarks>
/// <param name="perReason">How many rows of each source and reason are kept; 0 = they are only counted.</param>
public sealed class RejectedRows(int perReason)
{
    readonly Dictionary<(string Source, string Reason), long> _counts = [];
    readonly List<QuarantinedRow> _kept = [];

    /// <summary>Gets the kept rows in the order in which they were met, each with the number of its like.</summary>
    public IReadOnlyList<QuarantinedRow> Rows => [.. _kept.Select(row => row with { OfRows = _counts[(row.Source, row.Reason)] })];

    /// <summary>Counts a row.</summary>
    /// <returns>Whether the row is to be kept.</returns>
    internal bool Count(string source, string reason)
    {
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (source, reason), out _);
        return count++ < perReason;
    }

    /// <summary>Keeps a row that was counted.</summary>
    internal void Keep(QuarantinedRow row) => _kept.Add(row);

    /// <summary>Lets go of all rows: the reading begins anew.</summary>
    internal void Clear()
    {
        _counts.Clear();
        _kept.Clear();
    }
}
