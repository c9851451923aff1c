using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Ranking;

/// <summary>Items to buy or see again: a user's own events, decayed. Safe to use from several threads at once.</summary>
/// <remarks>
/// score(u, i) = Σ 2^(−age / half-life) over the events of u with i; ages count from the newest event of the snapshot. An item whose latest
/// event with the user says that it is not wanted is on no list.
/// </remarks>
public sealed class AgainList
{
    readonly Interactions _events;
    readonly bool[] _chosen;
    readonly EventSigns? _signs;
    readonly int[] _rowPtr;
    readonly long _dataUntil;
    readonly double _halfLife;

    /// <summary>Prepares the lists of a snapshot.</summary>
    /// <param name="snapshot">The events.</param>
    /// <param name="halfLife">The age at which an event counts half; positive.</param>
    /// <param name="eventTypes">The event types that count; null = all.</param>
    /// <param name="signs">Says which events mean that an item is not wanted; null = none does.</param>
    public AgainList(Snapshot snapshot, TimeSpan halfLife, IReadOnlyList<string>? eventTypes = null, EventSigns? signs = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, TimeSpan.Zero);
        _events = snapshot.Interactions;
        _chosen = EventTypeFlags.Of(snapshot, eventTypes);
        _signs = signs;
        _dataUntil = snapshot.DataUntil;
        _halfLife = halfLife.TotalMicroseconds;
        _rowPtr = new int[snapshot.Users.Count + 1];
        foreach (int user in _events.Users)
            _rowPtr[user + 1]++;
        for (int user = 0; user < snapshot.Users.Count; user++)
            _rowPtr[user + 1] += _rowPtr[user];
    }

    /// <summary>Writes the list of each user of a block.</summary>
    /// <param name="users">User indices.</param>
    /// <param name="exclusions">What may not appear: forbidden pairs and ineligible items, but not what was seen.</param>
    /// <param name="lists">Receives a list per user, best first, ties to the lower item index.</param>
    public void Top(ReadOnlySpan<int> users, Exclusions exclusions, CandidateBlock lists)
    {
        var found = new List<(double Score, int Item)>();
        for (int n = 0; n < users.Length; n++)
        {
            int user = users[n];
            long newest = Newest(user);
            found.Clear();
            Collect(user, newest, exclusions, found);
            found.Sort(static (a, b) => a.Score == b.Score ? a.Item.CompareTo(b.Item) : b.Score.CompareTo(a.Score));

            // Scores are worked out against the user's own newest event, so that those of a user who left long ago keep
            // their order instead of vanishing below the smallest number; the common factor brings them to one scale.
            double factor = Decay(_dataUntil - newest);
            lists.Lengths[n] = Math.Min(found.Count, lists.Capacity);
            for (int k = 0; k < lists.Lengths[n]; k++)
            {
                lists.Items[(n * lists.Capacity) + k] = found[k].Item;
                lists.Scores[(n * lists.Capacity) + k] = (float)(found[k].Score * factor);
            }
        }
    }

    /// <summary>Makes finished rows of a block of users, ordered by user and rank.</summary>
    /// <param name="users">User indices, ascending.</param>
    /// <param name="exclusions">What may not appear.</param>
    /// <param name="count">Length of a list.</param>
    public RecommendationBatch Rows(int[] users, Exclusions exclusions, int count)
    {
        var lists = new CandidateBlock(users.Length, count);
        Top(users, exclusions, lists);
        var rows = new RecommendationBatch(lists.Lengths.Sum());
        for (int n = 0; n < users.Length; n++)
            for (int k = 0; k < lists.Lengths[n]; k++)
            {
                int row = rows.Count++;
                rows.Users[row] = users[n];
                rows.Ranks[row] = k + 1;
                rows.Items[row] = lists.ItemsOf(n)[k];
                rows.Scores[row] = lists.ScoresOf(n)[k];
                rows.Sources[row] = "again";
                rows.Reasons[row] = ReasonCodes.Again;
                rows.Because[row] = -1;
            }
        return rows;
    }

    void Collect(int user, long newest, Exclusions exclusions, List<(double Score, int Item)> found)
    {
        var forbidden = exclusions.Of(user);
        int row = _rowPtr[user];
        while (row < _rowPtr[user + 1])
        {
            int item = _events.Items[row];
            bool any = false;
            double score = 0;
            for (; row < _rowPtr[user + 1] && _events.Items[row] == item; row++)
                if (Counts(row))
                {
                    any = true;
                    score += Decay(newest - _events.Times[row]);
                }
            if (any && !exclusions.IsIneligible(item) && forbidden.BinarySearch(item) < 0)
                found.Add((score, item));
        }
    }

    long Newest(int user)
    {
        long newest = long.MinValue;
        for (int row = _rowPtr[user]; row < _rowPtr[user + 1]; row++)
            if (Counts(row))
                newest = Math.Max(newest, _events.Times[row]);
        return newest;
    }

    bool Counts(int row) => _chosen[_events.Types[row]] && _signs?.IsOfUnwanted(row) != true;

    double Decay(long age) => double.Exp2(-age / _halfLife);
}
