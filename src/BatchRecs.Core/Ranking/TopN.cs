namespace BatchRecs.Core.Ranking;

/// <summary>Keeps the best of many offered (item, score) pairs: highest score first, ties to the lower item index.</summary>
/// <param name="capacity">How many are kept, at least 0.</param>
/// <remarks>
/// A heap with the worst kept pair at its root, so most offers cost one comparison. The order of the offers does not matter. An item must
/// be offered at most once; a score that is not a number is never kept.
/// </remarks>
public sealed class TopN(int capacity)
{
    readonly int[] _items = new int[capacity];
    readonly float[] _scores = new float[capacity];

    /// <summary>Gets the number of pairs kept now.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the score below which no pair can be kept any more; −∞ while there is room.</summary>
    public float Threshold => Count < capacity ? float.NegativeInfinity : capacity == 0 ? float.PositiveInfinity : _scores[0];

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    /// <summary>Offers an item.</summary>
    /// <param name="item">Item index.</param>
    /// <param name="score">Its score.</param>
    public void Offer(int item, float score)
    {
        if (float.IsNaN(score) || capacity == 0)
            return;
        if (Count < capacity)
            SiftUp(Count++, item, score);
        else if (IsWorse(_items[0], _scores[0], item, score))
            SiftDown(item, score, Count);
    }

    /// <summary>Writes the kept pairs, best first, and forgets them.</summary>
    /// <param name="items">Room for <see cref="Count"/> item indices.</param>
    /// <param name="scores">Room for as many scores.</param>
    /// <returns>The number of pairs written.</returns>
    public int Drain(Span<int> items, Span<float> scores)
    {
        int count = Count;
        for (int n = count - 1; n >= 0; n--)
        {
            (items[n], scores[n]) = (_items[0], _scores[0]);
            SiftDown(_items[n], _scores[n], n);
        }
        Count = 0;
        return count;
    }

    static bool IsWorse(int item, float score, int otherItem, float otherScore) =>
        score < otherScore || (score == otherScore && item > otherItem);

    void SiftUp(int hole, int item, float score)
    {
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (!IsWorse(item, score, _items[parent], _scores[parent]))
                break;
            (_items[hole], _scores[hole]) = (_items[parent], _scores[parent]);
            hole = parent;
        }
        (_items[hole], _scores[hole]) = (item, score);
    }

    /// <summary>Puts a pair in place of the root of a heap of <paramref name="count"/> pairs.</summary>
    void SiftDown(int item, float score, int count)
    {
        int hole = 0;
        for (int child = 1; child < count; child = 2 * hole + 1)
        {
            if (child + 1 < count && IsWorse(_items[child + 1], _scores[child + 1], _items[child], _scores[child]))
                child++;
            if (!IsWorse(_items[child], _scores[child], item, score))
                break;
            (_items[hole], _scores[hole]) = (_items[child], _scores[child]);
            hole = child;
        }
        (_items[hole], _scores[hole]) = (item, score);
    }
}
