namespace BatchRecs.Core.ReRanking;

/// <summary>The candidates of one user while re-rankers put them into order. Not safe for several threads.</summary>
/// <remarks>
/// A re-ranker takes places of the present order, one after the other; what it does not take follows in its former order. So nothing
/// can get lost, appear twice or come from elsewhere. Scores belong to places, not to items: after every step place k has the k-th
/// largest score, so the order is all that one re-ranker hands on to the next, and the scores of a list never rise with the rank.
/// </remarks>
public sealed class Shortlist
{
    /// <summary>Stands among <see cref="Origins"/> for an item that a rule put there.</summary>
    public const int PinnedOrigin = -1;

    int[] _items = [];
    float[] _scores = [];
    int[] _origins = [];
    int[] _order = [];
    bool[] _taken = [];
    double[] _relevance = [];
    int[] _spare = [];

    /// <summary>Gets the index of the user.</summary>
    public int User { get; private set; }

    /// <summary>Gets the length of the finished list.</summary>
    public int Capacity { get; private set; }

    /// <summary>Gets how many places of it can be filled.</summary>
    public int Wanted => Math.Min(Capacity, Count);

    /// <summary>Gets the number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>Gets how many places were taken in this step.</summary>
    public int TakenCount { get; private set; }

    /// <summary>Gets at how many places of this list a limit could not be kept.</summary>
    public int Relaxed { get; private set; }

    /// <summary>Gets the items in their present order.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>Gets the scores of the places, never rising.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Gets, per place, where the item stood when the list was loaded.</summary>
    public ReadOnlySpan<int> Origins => _origins.AsSpan(0, Count);

    /// <summary>Starts with the candidates of a user.</summary>
    /// <param name="user">User index.</param>
    /// <param name="items">Distinct item indices, best first.</param>
    /// <param name="scores">Their scores, never rising; same length.</param>
    /// <param name="capacity">Length of the finished list.</param>
    public void Load(int user, ReadOnlySpan<int> items, ReadOnlySpan<float> scores, int capacity)
    {
        Reserve(items.Length);
        (User, Count, TakenCount, Relaxed, Capacity) = (user, items.Length, 0, 0, capacity);
        items.CopyTo(_items);
        scores.CopyTo(_scores);
        for (int place = 0; place < Count; place++)
            _origins[place] = place;
        _taken.AsSpan(0, Count).Clear();
    }

    /// <summary>Tells whether this step has taken a place already.</summary>
    public bool IsTaken(int place) => _taken[place];

    /// <summary>Puts the item of a place next.</summary>
    /// <param name="place">A place of the present order that was not taken yet.</param>
    /// <exception cref="ArgumentException">It was taken already.</exception>
    public void Take(int place)
    {
        if (_taken[place])
            throw new ArgumentException($"Place {place} was taken already.", nameof(place));
        _taken[place] = true;
        _order[TakenCount++] = place;
    }

    /// <summary>Notes that a limit could not be kept at the place that is filled next.</summary>
    public void Relax() => Relaxed++;

    /// <summary>Ends a step: what was not taken follows, and the new order is the present one.</summary>
    public void Apply()
    {
        for (int place = 0; place < Count; place++)
            if (!_taken[place])
                _order[TakenCount++] = place;
        Permute(_items);
        Permute(_origins);
        _taken.AsSpan(0, Count).Clear();
        TakenCount = 0;
    }

    /// <summary>Puts items at ranks, whether they are candidates or not; the others keep their order around them. The last step.</summary>
    /// <param name="pins">Distinct item indices, or −1 where no item is pinned, by rank; no longer than the finished list. Where candidates
    /// run out the ranks between pins are closed.</param>
    public void Pin(ReadOnlySpan<int> pins)
    {
        var (items, origins, scores) = (Items.ToArray(), Origins.ToArray(), Scores.ToArray());
        Reserve(pins.Length);
        int count = 0, next = 0;
        foreach (int pin in pins)
        {
            while (pin < 0 && next < items.Length && pins.Contains(items[next]))
                next++;
            if (pin < 0 && next == items.Length)
                continue;
            _items[count] = pin < 0 ? items[next] : pin;
            _origins[count] = pin < 0 ? origins[next++] : PinnedOrigin;
            _scores[count] = count < scores.Length ? scores[count] : scores[^1];
            count++;
        }
        Count = count;
    }

    /// <summary>Returns the scores scaled inside the list: s = (score − least) / (greatest − least), 0 where all are equal.</summary>
    /// <returns>One number per place, never rising; valid until the next call.</returns>
    public ReadOnlySpan<double> Relevance()
    {
        if (Count == 0)
            return [];
        double least = _scores[Count - 1], range = _scores[0] - least;
        for (int place = 0; place < Count; place++)
            _relevance[place] = range > 0 ? (_scores[place] - least) / range : 0;
        return _relevance.AsSpan(0, Count);
    }

    void Reserve(int length)
    {
        if (_items.Length >= length)
            return;
        _items = new int[length];
        _scores = new float[length];
        _origins = new int[length];
        _order = new int[length];
        _taken = new bool[length];
        _relevance = new double[length];
        _spare = new int[length];
    }

    void Permute(int[] values)
    {
        for (int n = 0; n < Count; n++)
            _spare[n] = values[_order[n]];
        _spare.AsSpan(0, Count).CopyTo(values);
    }
}
