using System.Globalization;
using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;

namespace BatchRecs.Core.Recipes;

/// <summary>Gives places of lists to items that are drawn, with their exact probabilities.</summary>
/// <param name="options">Where, from what, and how.</param>
/// <param name="lists">The trained recipe: its opinion of the pool bends the draw.</param>
/// <param name="snapshot">What it was trained on.</param>
/// <param name="exclusions">What may not be recommended.</param>
/// <param name="threads">Threads to use; never changes a draw.</param>
/// <remarks>
/// A user's pool is the release's pool without what is excluded for the user and without what the list serves already. Every draw is a
/// function of seed, day and the user's id. What a rule or an allocator put into a place stays there, whatever is drawn for it. The work
/// is that of making the candidates of the lists that explore once more.
/// </remarks>
public sealed class ListExplorer(
    ExplorationOptions options, RecipeLists lists, Snapshot snapshot, Exclusions exclusions, int threads)
{
    /// <summary>The source of drawn rows, and the name of this step.</summary>
    public const string Name = "explore";

    /// <summary>Keeps the choice of users apart from their draws.</summary>
    const ulong ShareStream = 0x7368617265;

    /// <summary>Draws for every list that explores; the last step, as nothing may move what was drawn.</summary>
    /// <param name="set">The lists of all users.</param>
    /// <param name="token">Ends the work early.</param>
    public AllocationOutcome Explore(ListSet set, CancellationToken token)
    {
        int[] pool = new PoolPicker(options, snapshot, exclusions).Pick(ExposureOf(set).Counts);
        int[] exploring = [.. Enumerable.Range(0, set.Users.Length).Where(n => Explores(set.Users[n]))];
        int[] longEnough = [.. exploring.Where(n => set.Served(n).Length >= options.Ranks[^1])];
        ExploredRow[][] draws = DrawAll(set, longEnough, pool, token);

        int source = set.SourceOf(Name);
        var rows = new List<ExploredRow>();
        int kept = 0;
        for (int k = 0; k < draws.Length; k++)
            foreach (var row in draws[k])
                if (set.IsPlaced(longEnough[k], row.Rank))
                    kept++;
                else
                {
                    set.Place(longEnough[k], row.Rank, row.Item, source, proposers: 0);
                    rows.Add(row);
                }
        set.Explored = rows;
        int tooShort = exploring.Length - longEnough.Length, withoutPool = draws.Count(drawn => drawn.Length == 0);
        return Outcome(pool.Length, rows, (tooShort, withoutPool, kept), ExposureOf(set));
    }

    /// <summary>Tells whether the lists of a user explore: always the same users, so the others can be compared with them.</summary>
    bool Explores(int user) => CounterRandom.Uniform(options.Seed ^ ShareStream, UserHash.Of(snapshot.Users, user), 0) < options.Share;

    Exposure ExposureOf(ListSet set)
    {
        var exposure = new Exposure(snapshot.Items.Count, options.Depth);
        for (int n = 0; n < set.Users.Length; n++)
            exposure.Add(set.Served(n));
        return exposure;
    }

    /// <summary>Draws for lists; none for those without a pool.</summary>
    ExploredRow[][] DrawAll(ListSet set, int[] chosen, int[] pool, CancellationToken token)
    {
        var draws = new ExploredRow[chosen.Length][];
        Array.Fill(draws, []);
        if (pool.Length == 0)
            return draws;
        var among = exclusions.Among(pool, snapshot.Items.Count);
        UserBlocks.Run(chosen.Length, threads, (start, length) =>
        {
            int[] users = Array.ConvertAll(chosen[start..(start + length)], n => set.Users[n]);
            var opinion = lists.Blend(users, among, pool.Length).Candidates;
            var draw = new PoolDraw(options, pool, ExplorationDay.Of(snapshot));
            for (int k = 0; k < length; k++)
                draws[start + k] = draw.For(
                    users[k],
                    UserHash.Of(snapshot.Users, users[k]),
                    exclusions.Of(users[k]),
                    set.Served(chosen[start + k]),
                    opinion.ItemsOf(k),
                    opinion.ScoresOf(k));
        }, token);
        return draws;
    }

    static AllocationOutcome Outcome(
        int pool, List<ExploredRow> rows, (int TooShort, int WithoutPool, int Kept) not, Exposure exposure) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count:N0} places with an item drawn from {pool:N0}, {not.WithoutPool:N0} lists without a pool, ")
            + string.Create(CultureInfo.InvariantCulture, $"{not.TooShort:N0} too short, {not.Kept:N0} places kept by rules or allocators"),
        new Dictionary<string, double>
        {
            ["places"] = rows.Count,
            ["pool"] = pool,
            ["withoutPool"] = not.WithoutPool,
            ["tooShort"] = not.TooShort,
            ["kept"] = not.Kept,
            ["items"] = rows.Select(row => row.Item).Distinct().Count(),
            ["meanPropensity"] = rows.Count == 0 ? 0 : rows.Average(row => row.Propensity),
            // Draws know nothing of the aims of allocators: these say what is left of them.
            ["coverageAfter"] = exposure.Coverage(),
            ["largestAfter"] = exposure.Counts.DefaultIfEmpty().Max(),
        });
}
