namespace BatchRecs.Core.Allocating;

/// <summary>Brings items that are on too few lists onto more of them, each item whole or not at all, the cheapest first.</summary>
/// <remarks>
/// A round finds the best lists of every open item and then takes items by their total loss (lazy greedy: a loss only rises as places go).
/// The next round searches again without the places that are gone: all items want the same lists, so one search would not do.
/// </remarks>
/// <param name="lists">The lists.</param>
/// <param name="context">What else is known.</param>
/// <param name="places">The places that may be given up.</param>
/// <param name="exposure">How many lists hold each item within the depth.</param>
/// <param name="depth">How many ranks count.</param>
/// <param name="minUsers">How many lists an item needs.</param>
sealed class CoverageRounds(
    ListSet lists, AllocationContext context, ReplaceablePlaces places, long[] exposure, int depth, int minUsers)
{
    /// <summary>Lists that an item knows of in a round, at least; more are of little use, since the next round searches again.</summary>
    const int LeastOffers = 16;

    readonly FactorScores _scores = context.Factors!;
    readonly int[] _rank = new int[lists.Users.Length];
    readonly int _source = lists.SourceOf(CoverageAllocator.Source);

    /// <summary>Gets what all lists lost, in factor scores.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets the number of places that changed hands.</summary>
    public int Placed { get; private set; }

    /// <summary>Runs a round.</summary>
    /// <param name="open">The items that need lists, ascending; those that got them are taken out.</param>
    /// <param name="need">How many of them are to be brought onto lists.</param>
    /// <param name="candidates">The lists that may give up a place, ascending.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>How many items got all the lists that they need.</returns>
    public int Run(List<int> open, int need, IEnumerable<int> candidates, CancellationToken token)
    {
        Array.Clear(_rank);
        int[] willing = [.. candidates.Where(n => (_rank[n] = places.RankOf(n)) > 0)];
        if (willing.Length == 0)
            return 0;
        var search = new ReverseSearch(_scores, willing, n => lists.Users[n], n => places.WorthOf(n, _rank[n]), MayTake);
        var offers = search.Run([.. open], Math.Max(LeastOffers, 2 * minUsers), context.Threads, token);

        // Items are unique, so no two entries are equal and the order is a fixed one.
        var queue = new PriorityQueue<int, (double Loss, int Item)>();
        for (int z = 0; z < offers.Length; z++)
            Enqueue(queue, z, open[z], offers[z]);
        var done = new HashSet<int>();
        while (done.Count < need && queue.TryDequeue(out int z, out var entry))
        {
            if (Cheapest(open[z], offers[z]) is not { } taken)
                continue;
            if (taken.Sum(offer => (double)offer.Loss) > entry.Loss)
                Enqueue(queue, z, open[z], offers[z]);
            else if (TryTake(open[z], taken))
                done.Add(open[z]);
        }
        open.RemoveAll(done.Contains);
        return done.Count;
    }

    void Enqueue(PriorityQueue<int, (double Loss, int Item)> queue, int z, int item, Offer[] offers)
    {
        if (Cheapest(item, offers) is { } cheapest)
            queue.Enqueue(z, (cheapest.Sum(offer => (double)offer.Loss), item));
    }

    /// <summary>Returns the best offers that still stand, as many as the item needs; null if there are not enough.</summary>
    Offer[]? Cheapest(int item, Offer[] offers)
    {
        int missing = minUsers - (int)exposure[item];
        Offer[] standing = [.. offers.Where(offer => _rank[offer.List] > 0 && !places.IsKept(offer.List, _rank[offer.List])).Take(missing)];
        return standing.Length == missing ? standing : null;
    }

    /// <summary>Puts an item onto lists; false, and nothing changed, where they give up an item that would become too rare.</summary>
    bool TryTake(int item, Offer[] offers)
    {
        int taken = 0;
        for (; taken < offers.Length && !places.IsKept(offers[taken].List, _rank[offers[taken].List]); taken++)
            exposure[places.ItemAt(offers[taken].List, _rank[offers[taken].List])]--;
        if (taken < offers.Length)
        {
            foreach (var (n, _) in offers.AsSpan(0, taken))
                exposure[places.ItemAt(n, _rank[n])]++;
            return false;
        }
        foreach (var (n, loss) in offers)
        {
            lists.Place(n, _rank[n], item, _source, _scores.Proposer);
            _rank[n] = 0;
            Loss += loss;
        }
        exposure[item] += offers.Length;
        Placed += offers.Length;
        return true;
    }

    bool MayTake(int n, int item) =>
        context.Exclusions.Of(lists.Users[n]).BinarySearch(item) < 0 && !lists.First(n, depth).Contains(item);
}
