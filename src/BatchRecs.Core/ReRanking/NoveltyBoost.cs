using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Core.ReRanking;

/// <summary>Options of the re-ranker <c>novelty</c>.</summary>
public sealed record NoveltyOptions
{
    /// <summary>Gets λ, the weight of novelty; the rest is that of relevance. 0 changes nothing.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.0, 1.0)]
    public double Lambda { get; init; } = 0.1;
}

/// <summary>Novelty boost: what few people know goes up.</summary>
/// <remarks>
/// Ordered by (1 − λ) s(i) + λ ν(i), with s scaled to 0 … 1 inside the list and ν(i) = −log₂((n_i + 1) / (U + 1)) / log₂(U + 1): the
/// self-information of an item that n_i of U users have taken (Vargas, Castells 2011), scaled so that 1 is an item that nobody has taken.
/// O(K' log K').
/// </remarks>
/// <param name="options">λ.</param>
/// <param name="data">Users per item.</param>
public sealed class NoveltyBoost(NoveltyOptions options, ReRankingData data) : IReRanker
{
    readonly double[] _novelty = [.. data.Data.Weighted.DistinctUsers.Select(users => Novelty(users, data.Data.Snapshot.Users.Count))];

    /// <inheritdoc/>
    public void ReRank(Shortlist list)
    {
        var relevance = list.Relevance();
        double[] keys = new double[list.Count];
        int[] places = new int[list.Count];
        for (int place = 0; place < list.Count; place++)
        {
            places[place] = place;
            keys[place] = ((1 - options.Lambda) * relevance[place]) + (options.Lambda * _novelty[list.Items[place]]);
        }
        Array.Sort(places, (a, b) => keys[a] == keys[b] ? a.CompareTo(b) : keys[b].CompareTo(keys[a]));
        foreach (int place in places)
            list.Take(place);
    }

    /// <summary>Returns ν of an item.</summary>
    /// <param name="users">n, the users who have taken it.</param>
    /// <param name="all">U, all users, at least 1.</param>
    /// <returns>In [0, 1].</returns>
    internal static double Novelty(int users, int all) => -Math.Log2((users + 1.0) / (all + 1.0)) / Math.Log2(all + 1.0);
}
