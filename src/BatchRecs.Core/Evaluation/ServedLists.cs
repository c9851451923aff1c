using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>Lists as readers got them, with the source of each row, in the indices of what was known when they were published.</summary>
/// <param name="userCount">Number of lists.</param>
/// <param name="depth">How many ranks are looked at, at least 1.</param>
public sealed class ServedLists(int userCount, int depth)
{
    /// <summary>Stands for an item that nobody had an event with when the lists were published: it can be no hit.</summary>
    public const int UnknownItem = -1;

    readonly int[] _sources = new int[userCount * depth];
    readonly List<string> _names = [];

    /// <summary>Gets the lists; one without rows belongs to a user for whom none was stored.</summary>
    public CandidateBlock Lists { get; } = new(userCount, depth);

    /// <summary>Gets the names of the sources, in the order in which they came.</summary>
    public IReadOnlyList<string> Sources => _names;

    /// <summary>Returns the source of each row of list <paramref name="n"/>, as indices into <see cref="Sources"/>.</summary>
    public ReadOnlySpan<int> SourcesOf(int n) => _sources.AsSpan(n * Lists.Capacity, Lists.Lengths[n]);

    /// <summary>Adds the next rank of a list.</summary>
    /// <param name="n">The list.</param>
    /// <param name="item">Item index, or <see cref="UnknownItem"/>.</param>
    /// <param name="source">What put it there.</param>
    public void Add(int n, int item, string source)
    {
        int at = (n * Lists.Capacity) + Lists.Lengths[n]++;
        Lists.Items[at] = item;
        int known = _names.IndexOf(source);
        if (known < 0)
            _names.Add(source);
        _sources[at] = known < 0 ? _names.Count - 1 : known;
    }
}
