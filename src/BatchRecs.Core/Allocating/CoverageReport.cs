using System.Globalization;
using BatchRecs.Core.Ranking;

namespace BatchRecs.Core.Allocating;

/// <summary>Says what the allocator <c>coverage</c> found, did and could not do.</summary>
sealed class CoverageReport
{
    /// <summary>So many items are named; more are only counted.</summary>
    const int NamedItems = 10;

    readonly CoverageOptions _options;
    readonly AllocationContext _context;
    readonly Exposure _exposure;
    readonly int[] _eligible;

    /// <summary>Counts before anything is changed.</summary>
    /// <param name="options">The aim.</param>
    /// <param name="context">What else is known.</param>
    /// <param name="exposure">How many lists hold each item within the depth; changes with the lists.</param>
    public CoverageReport(CoverageOptions options, AllocationContext context, Exposure exposure)
    {
        (_options, _context, _exposure) = (options, context, exposure);
        _eligible = [.. Enumerable.Range(0, context.ItemCount).Where(item => !context.Exclusions.IsIneligible(item))];
        CoveredBefore = Covered(options.MinUsers);
    }

    /// <summary>Gets how many eligible items were on lists enough.</summary>
    public int CoveredBefore { get; }

    /// <summary>Gets how many are to be. A share such as 0.1 of 30 items is 3, although 0.1 · 30 is a little more in binary.</summary>
    public int Wanted => (int)Math.Ceiling(Math.Round(_options.Share * _eligible.Length, 6));

    /// <summary>Returns the eligible items that are on too few lists and have factors, ascending.</summary>
    public List<int> Open(FactorScores scores) =>
        [.. _eligible.Where(item => _exposure.Counts[item] < _options.MinUsers && scores.KnowsItem(item))];

    /// <summary>Returns the outcome.</summary>
    /// <param name="lists">The lists as they are now.</param>
    /// <param name="scores">Scores of users for items.</param>
    /// <param name="places">The places that could be given up.</param>
    /// <param name="rounds">What was done.</param>
    public AllocationOutcome Outcome(ListSet lists, FactorScores scores, ReplaceablePlaces places, CoverageRounds rounds)
    {
        int covered = Covered(_options.MinUsers);
        int[] unplaceable = [.. _eligible.Where(item => _exposure.Counts[item] < _options.MinUsers && !scores.KnowsItem(item))];
        double relative = places.TotalScore > 0 ? rounds.Loss / places.TotalScore : 0;
        string note = Text($"coverage@{_exposure.Depth} {Share(CoveredBefore):P1} → {Share(covered):P1}, ")
            + Text($"{rounds.Placed:N0} places changed, predicted loss {relative:P3}{Named(unplaceable)}");
        return new AllocationOutcome(note, new Dictionary<string, double>
        {
            ["coverageBefore"] = Share(CoveredBefore),
            ["coverageAfter"] = Share(covered),
            ["coverageAfterOn5"] = Share(Covered(5)),
            ["coverageAfterOn20"] = Share(Covered(20)),
            ["places"] = rounds.Placed,
            ["predictedLoss"] = rounds.Loss,
            ["predictedLossShare"] = relative,
            ["unplaceableItems"] = unplaceable.Length,
        }, covered >= Wanted ? null : Shortfall(covered, unplaceable.Length, Places(lists, scores, places)));
    }

    string Shortfall(int covered, int unplaceable, long places) =>
        Text($"{Share(covered):P1} of {_eligible.Length:N0} items can be on {_options.MinUsers} lists or more within the first ")
        + Text($"{_exposure.Depth} ranks, {_options.Share:P1} were asked for: {unplaceable:N0} items have no factors, ")
        + Text($"and the lists can give up {places:N0} places. Lower the share of precompute.allocate's coverage to ")
        + Text($"{Math.Floor(Share(covered) * 10_000) / 10_000:0.####} or less, lower its minUsers, or raise its slots.");

    /// <summary>Counts the places of all lists that belong to somebody with factors.</summary>
    static long Places(ListSet lists, FactorScores scores, ReplaceablePlaces places) =>
        Enumerable.Range(0, lists.Users.Length).Where(n => scores.KnowsUser(lists.Users[n])).Sum(n => (long)places.CountOf(n));

    int Covered(int minUsers) => _eligible.Count(item => _exposure.Counts[item] >= minUsers);

    double Share(int items) => _eligible.Length == 0 ? 1 : (double)items / _eligible.Length;

    string Named(int[] items)
    {
        if (items.Length == 0)
            return "";
        string names = string.Join(", ", items.Take(NamedItems).Select(_context.Items.ToText));
        string more = items.Length > NamedItems ? ", …" : "";
        return Text($"; {items.Length:N0} items without factors cannot be placed: {names}{more}");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
