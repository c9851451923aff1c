using BatchRecs.Core.Data;

namespace BatchRecs.Core.Weighing;

/// <summary>One strength per user and item, over their events: r = Σ weight · v(value) · max(floor, 2^(−age / half-life)).</summary>
sealed class PairStrengths
{
    readonly List<int> _users = [];
    readonly List<int> _items = [];
    readonly List<double> _strengths = [];
    readonly List<int> _eventCounts = [];
    readonly List<bool> _negatives = [];

    /// <summary>Sums the selected events of every user and item, of each the latest ones.</summary>
    /// <param name="events">The selected events.</param>
    /// <param name="options">Floor, limit per pair, and what is dropped as too small.</param>
    public PairStrengths(SelectedEvents events, WeighingOptions options)
    {
        var interactions = events.Snapshot.Interactions;
        var factors = new ValueFactors(events.Snapshot, options);
        var rows = events.Rows;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            int user = interactions.Users[rows[from]];
            int item = interactions.Items[rows[from]];
            for (to = from + 1; to < rows.Length && interactions.Items[rows[to]] == item && interactions.Users[rows[to]] == user;)
                to++;
            int[] pair = Latest(interactions, rows[from..to], options.MaxPerPair);
            OverLimit += to - from - pair.Length;

            double strength = 0;
            int count = 0;
            foreach (int row in pair)
            {
                var weight = events.WeightOf(row);
                double factor = factors.Of(row, weight.Value);
                double recency = Math.Max(weight.Floor ?? options.Floor, Math.Pow(2, -events.AgeDays(row) / weight.HalfLifeDays));
                if (factor * recency < options.DropBelow)
                    continue;
                strength += weight.Weight * factor * recency;
                count++;
            }
            Faded += pair.Length - count;
            if (count == 0)
                continue;
            _users.Add(user);
            _items.Add(item);
            _strengths.Add(strength);
            _eventCounts.Add(count);
            _negatives.Add(events.IsNegative(rows[from]));
        }
    }

    /// <summary>Gets the number of pairs; they are in the order of user, then item.</summary>
    public int Count => _users.Count;

    /// <summary>Gets the number of events beyond the limit per user and item.</summary>
    public long OverLimit { get; }

    /// <summary>Gets the number of events that were dropped because they had faded.</summary>
    public long Faded { get; }

    /// <summary>Gets the user of each pair.</summary>
    public IReadOnlyList<int> Users => _users;

    /// <summary>Gets the item of each pair.</summary>
    public IReadOnlyList<int> Items => _items;

    /// <summary>Gets r of each pair.</summary>
    public IReadOnlyList<double> Strengths => _strengths;

    /// <summary>Gets whether each pair is one that the user does not want.</summary>
    public IReadOnlyList<bool> Negatives => _negatives;

    /// <summary>Gets the number of events summed up in each pair.</summary>
    public IReadOnlyList<int> EventCounts => _eventCounts;

    /// <summary>Marks the strongest pairs of each user, those that the user wants first; ties to the lower item index.</summary>
    /// <param name="perUser">How many pairs of a user are kept.</param>
    /// <returns>One flag per pair.</returns>
    public bool[] Strongest(int perUser)
    {
        bool[] keep = new bool[Count];
        for (int from = 0, to; from < Count; from = to)
        {
            for (to = from + 1; to < Count && _users[to] == _users[from];)
                to++;
            if (to - from <= perUser)
                keep.AsSpan(from..to).Fill(true);
            else
                foreach (int pair in Enumerable.Range(from, to - from)
                    .OrderBy(n => _negatives[n]).ThenByDescending(n => _strengths[n]).Take(perUser))
                    keep[pair] = true;
        }
        return keep;
    }

    /// <summary>Returns the latest events of a pair, latest first; ties in time by type name ascending.</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="rows">Rows of the pair's events, by time, then type.</param>
    /// <param name="limit">How many are kept.</param>
    static int[] Latest(Interactions interactions, ReadOnlySpan<int> rows, int limit)
    {
        int[] latest = rows.ToArray();
        Array.Sort(latest, (left, right) =>
        {
            int order = interactions.Times[right].CompareTo(interactions.Times[left]);
            return order == 0 ? left.CompareTo(right) : order;
        });
        return latest.Length <= limit ? latest : latest[..limit];
    }
}
