using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Evaluation;

/// <summary>Walks the events of a snapshot once, pair by pair, and sorts the test pairs into those that count and the rest.</summary>
sealed class TruthBuilder
{
    readonly Interactions _events;
    readonly long _testFrom;
    readonly Exclusions? _seen;
    readonly int[] _trainingUser;
    readonly int[] _trainingItem;
    readonly bool[] _coldItems;
    readonly List<int> _users = [];
    readonly List<int> _rowPtr = [0];
    readonly List<int> _items = [];
    readonly List<int> _cold = [];
    readonly List<int> _coldRowPtr = [0];
    readonly List<int> _coldItemsTaken = [];
    long _testEvents;
    int _testPairs, _knownPairs, _repeatPairs, _skippedUsers, _coldUsers, _coldUserPairs, _coldItemPairs;

    public TruthBuilder(Snapshot whole, long testFrom, Exclusions? seen)
    {
        _seen = seen;
        _events = whole.Interactions;
        _testFrom = testFrom;
        _trainingUser = TrainingIndex(_events.Users, whole.Users.Count);
        _trainingItem = TrainingIndex(_events.Items, whole.Items.Count);
        _coldItems = new bool[whole.Items.Count];
    }

    public TestTruth Build(ReadOnlySpan<bool> isPositive, bool repeats, int trainingEvents)
    {
        int row = 0;
        while (row < _events.Count)
        {
            int user = _events.Users[row];
            int pairsBefore = _testPairs;
            while (row < _events.Count && _events.Users[row] == user)
                row = AddPair(row, isPositive, repeats);
            CloseUser(user, hasTestPairs: _testPairs > pairsBefore);
        }

        var counts = new SplitCounts
        {
            TrainingEvents = trainingEvents,
            TrainingUsers = _trainingUser.Count(index => index >= 0),
            TrainingItems = _trainingItem.Count(index => index >= 0),
            TestEvents = _testEvents,
            TestPairs = _testPairs,
            KnownPairs = _knownPairs,
            RepeatPairs = _repeatPairs,
            EvaluatedPairs = _items.Count,
            EvaluatedUsers = _users.Count,
            SkippedUsers = _skippedUsers,
            ColdUsers = _coldUsers,
            ColdUserPairs = _coldUserPairs,
            ColdItems = _coldItems.Count(cold => cold),
            ColdItemPairs = _coldItemPairs,
        };
        return new TestTruth([.. _users], [.. _rowPtr], [.. _items], counts)
        {
            Cold = _cold.Count == 0 ? null : new TestTruth([.. _cold], [.. _coldRowPtr], [.. _coldItemsTaken], counts with
            {
                EvaluatedPairs = _coldItemsTaken.Count,
                EvaluatedUsers = _cold.Count,
            }),
        };
    }

    /// <summary>Reads the events of one pair, which are neighbours, and returns the row after them.</summary>
    int AddPair(int row, ReadOnlySpan<bool> isPositive, bool repeats)
    {
        int user = _events.Users[row], item = _events.Items[row];
        bool seenBefore = false;
        int positives = 0;
        for (; row < _events.Count && _events.Users[row] == user && _events.Items[row] == item; row++)
            if (_events.Times[row] < _testFrom)
                seenBefore = true;
            else if (isPositive[row])
                positives++;
        if (positives == 0)
            return row;

        _testEvents += positives;
        _testPairs++;
        bool coldUser = _trainingUser[user] < 0, coldItem = _trainingItem[item] < 0;
        if (coldUser)
            _coldUserPairs++;
        if (coldItem)
        {
            _coldItemPairs++;
            _coldItems[item] = true;
        }
        if (coldUser && !coldItem)
            _coldItemsTaken.Add(_trainingItem[item]);
        if (coldUser || coldItem)
            return row;

        _knownPairs++;
        if (seenBefore)
            _repeatPairs++;
        if (repeats || !IsSeen(_trainingUser[user], _trainingItem[item], seenBefore))
            _items.Add(_trainingItem[item]);
        return row;
    }

    bool IsSeen(int user, int item, bool before) => _seen is null ? before : _seen.Of(user).BinarySearch(item) >= 0;

    void CloseUser(int user, bool hasTestPairs)
    {
        if (!hasTestPairs)
            return;
        if (_items.Count > _rowPtr[^1])
        {
            _users.Add(_trainingUser[user]);
            _rowPtr.Add(_items.Count);
        }
        else if (_trainingUser[user] < 0)
        {
            _coldUsers++;
            CloseColdUser(user);
        }
        else
        {
            _skippedUsers++;
        }
    }

    void CloseColdUser(int user)
    {
        if (_coldItemsTaken.Count == _coldRowPtr[^1])
            return;
        _cold.Add(user);
        _coldRowPtr.Add(_coldItemsTaken.Count);
    }

    /// <summary>Numbers the indices that have a training event, ascending, as the training snapshot does; −1 for the others.</summary>
    int[] TrainingIndex(int[] indices, int count)
    {
        bool[] used = new bool[count];
        for (int row = 0; row < indices.Length; row++)
            if (_events.Times[row] < _testFrom)
                used[indices[row]] = true;

        int[] index = new int[count];
        int next = 0;
        for (int old = 0; old < count; old++)
            index[old] = used[old] ? next++ : -1;
        return index;
    }
}
