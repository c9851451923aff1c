using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.ReRanking;

/// <summary>The rules of a recipe in the indices of a snapshot. Safe to use from several threads at once.</summary>
/// <remarks>Blocked items are no candidates at all: they are among the exclusions (<see cref="RuleEntries.Blocked"/>).</remarks>
public sealed class RuleBook
{
    /// <summary>The source of a row that a rule put where it is.</summary>
    public const string PinSource = "pin";

    readonly Scope _everybody = new();
    readonly Scope[] _segments;
    readonly int[] _rowPtr;
    readonly int[] _segmentsOfUsers;

    RuleBook(Snapshot snapshot, RuleData? asked)
    {
        _segments = [.. (asked ?? RuleData.None).SegmentNames.Select(_ => new Scope())];
        (_rowPtr, _segmentsOfUsers) = PairRows.Sort(
            (asked ?? RuleData.None).Members.SelectMany((users, segment) => users.Select(user => (user, segment))), snapshot.Users.Count);
    }

    /// <summary>Gets a value indicating whether there is nothing to do.</summary>
    public bool IsEmpty => _everybody.IsEmpty && _segments.All(segment => segment.IsEmpty);

    /// <summary>Finds the items of rules in a snapshot.</summary>
    /// <param name="rules">The rules; of two pins at one rank the first holds, the other gets the next free rank.</param>
    /// <param name="snapshot">The snapshot; items without an event in it are left out.</param>
    /// <param name="asked">What the warehouse answered; null = rules with a query or a segment are left out.</param>
    public static RuleBook Open(IReadOnlyList<Rule> rules, Snapshot snapshot, RuleData? asked)
    {
        var book = new RuleBook(snapshot, asked);
        foreach (var entry in RuleEntries.Of(rules, snapshot, asked))
            (entry.Segment < 0 ? book._everybody : book._segments[entry.Segment]).Add(entry);
        return book;
    }

    /// <summary>Applies the rules of a user: factors first, then pins. A list without candidates stays empty.</summary>
    /// <param name="list">The list after all re-rankers.</param>
    /// <param name="exclusions">Items that may not appear: a pin of one of them is left out.</param>
    public void Apply(Shortlist list, Exclusions exclusions)
    {
        Scope[] scopes = [.. Scopes(list.User)];
        if (scopes.Length == 0 || list.Count == 0)
            return;
        if (scopes.Any(scope => scope.Factors.Count > 0))
            Weigh(list, scopes);
        // Those of one scope are in order as they are; there may be thousands of them, and there are as many calls as users.
        var pins = scopes is [var only] ? only.Pins : [.. scopes.SelectMany(scope => scope.Pins).OrderBy(pin => pin.Rule)];
        if (pins.Count > 0)
            Pin(list, pins, exclusions);
    }

    List<Scope> Scopes(int user)
    {
        var scopes = new List<Scope>();
        if (!_everybody.IsEmpty)
            scopes.Add(_everybody);
        foreach (int segment in _segmentsOfUsers.AsSpan(_rowPtr[user].._rowPtr[user + 1]))
            if (!_segments[segment].IsEmpty)
                scopes.Add(_segments[segment]);
        return scopes;
    }

    static void Weigh(Shortlist list, Scope[] scopes)
    {
        double[] keys = new double[list.Count];
        int[] places = new int[list.Count];
        for (int place = 0; place < list.Count; place++)
        {
            (places[place], keys[place]) = (place, list.Scores[place]);
            foreach (var scope in scopes)
                keys[place] *= scope.Factors.GetValueOrDefault(list.Items[place], 1);
        }
        Array.Sort(places, (a, b) => keys[a] == keys[b] ? a.CompareTo(b) : keys[b].CompareTo(keys[a]));
        foreach (int place in places)
            list.Take(place);
        list.Apply();
    }

    static void Pin(Shortlist list, List<RuleEntry> pins, Exclusions exclusions)
    {
        int[] pinned = new int[list.Capacity];
        Array.Fill(pinned, RuleEntry.None);
        foreach (var pin in pins)
        {
            int slot = (int)pin.Value - 1;
            while (slot < pinned.Length && pinned[slot] != RuleEntry.None)
                slot++;
            if (slot >= pinned.Length)
                continue;
            int item = pin.Members is null ? pin.Item : FirstOf(pin.Members, list, pinned);
            if (item != RuleEntry.None && !pinned.Contains(item)
                && !exclusions.IsIneligible(item) && exclusions.Of(list.User).BinarySearch(item) < 0)
                pinned[slot] = item;
        }
        list.Pin(pinned);
    }

    /// <summary>Returns the first candidate of a category that is not pinned yet.</summary>
    static int FirstOf(IReadOnlySet<int> members, Shortlist list, int[] pinned)
    {
        foreach (int item in list.Items)
            if (members.Contains(item) && !pinned.Contains(item))
                return item;
        return RuleEntry.None;
    }

    /// <summary>The rules of everybody or of one segment.</summary>
    sealed class Scope
    {
        public List<RuleEntry> Pins { get; } = [];

        public Dictionary<int, double> Factors { get; } = [];

        public bool IsEmpty => Pins.Count == 0 && Factors.Count == 0;

        public void Add(RuleEntry entry)
        {
            if (entry.Action == RuleAction.Pin)
                Pins.Add(entry);
            else if (entry.Action != RuleAction.Block)
                Factors[entry.Item] = Factors.GetValueOrDefault(entry.Item, 1) * entry.Value;
        }
    }
}
