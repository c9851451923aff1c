using System.Runtime.InteropServices;
using BatchRecs.Store.Quarantine;

namespace BatchRecs.Store.Extract;

/// <summary>Counts the rows of one source whose event type is unknown, and names the types where that is safe.</summary>
/// <remarks>
/// Their names go into messages, the ledger and artifacts. An event column has few of them; a column that has many is another one, named
/// by mistake, and may hold user ids: then none is named.
/// </remarks>
sealed class UnknownTypeCounts
{
    /// <summary>More names than this are no event types.</summary>
    const int MaxNames = 10;

    const string TooMany = "(more than 10 names)";

    readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a row.</summary>
    /// <param name="name">The type that it has.</param>
    /// <returns>What the type is called from here on: short and in one line.</returns>
    public string Count(ReadOnlySpan<char> name)
    {
        if (!_shown.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out string? shown))
        {
            shown = _shown.Count < MaxNames ? StoredText.ToShow(name.ToString()) : TooMany;
            if (_shown.Count < MaxNames)
                _shown.Add(name.ToString(), shown);
        }
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, shown, out _)++;
        return shown;
    }

    /// <summary>Returns the number of rows by name; one number for all where there are too many names.</summary>
    public SortedDictionary<string, long> ToReport() => ToReport(new SortedDictionary<string, long>(_counts, StringComparer.Ordinal));

    /// <summary>Returns the number of rows by name; one number for all where there are too many names.</summary>
    /// <param name="counts">The number of rows by what <see cref="Count"/> returned, of rows that were read at different times.</param>
    public static SortedDictionary<string, long> ToReport(SortedDictionary<string, long> counts) =>
        counts.Count > MaxNames || counts.ContainsKey(TooMany)
            ? new SortedDictionary<string, long>(StringComparer.Ordinal) { [TooMany] = counts.Values.Sum() }
            : counts;
}
