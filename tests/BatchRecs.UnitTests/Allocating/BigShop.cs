using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.UnitTests.Allocating;

/// <summary>
/// The fixed synthetic case of the allocators: 30,000 users of log-normal activity, 12,000 items of power-law popularity, tastes of rank 16
/// with popularity as one of the factors, and a model that knows them with errors. The same numbers every time; made once for all tests.
/// </summary>
/// <remarks>
/// Recipe: the worth of item i for user u is t = 0.6 · zᵤ·zᵢ − 0.8 · ln(1 + rankᵢ), with 15 normal variates in each z. A user takes
/// round(e^(2.2 + 0.9 n)) items, from 2 to 80: those with the largest t plus a Gumbel variate among the 150 with the largest t. Every fifth
/// at random is a test item, the others were seen; every item was seen by somebody. The model has the same form, with its own estimate of
/// every number of a taste (an error of standard deviation 0.3) and ln(1 + people who saw it) for popularity.
/// </remarks>
static class BigShop
{
    public const int Users = 30_000;
    public const int Items = 12_000;

    /// <summary>How many ranks count.</summary>
    public const int Depth = 10;

    const int Factors = 16;

    /// <summary>Length of a list as it is served.</summary>
    const int Count = 20;

    /// <summary>Length of a list with what waits behind.</summary>
    const int Capacity = 100;

    const int Considered = 150;
    const ulong Seed = 20_261_122;

    static readonly Lazy<Shop> Made = new(Make);
    static readonly Lazy<CandidateBlock> Best = new(() => Top(Made.Value.Users, Made.Value.Items, Made.Value.Seen, Exclusions, Capacity));

    sealed record Shop(SparseMatrix Seen, TestTruth Truth, float[] Users, float[] Items);

    /// <summary>Gets the events of every user: what may not be recommended.</summary>
    public static Exclusions Exclusions => new([.. Made.Value.Seen.RowPtr.Select(at => (int)at)], Made.Value.Seen.ColIndex);

    /// <summary>Makes the lists as the model has them; each caller gets its own.</summary>
    public static ListSet Lists() => SetOf(Best.Value);

    /// <summary>Makes the lists of scores less b · ln(1 + people who saw the item): what is commonly done for coverage.</summary>
    public static ListSet Discounted(double b)
    {
        float[] items = [.. Made.Value.Items];
        double[] logs = LogViewers(Made.Value.Seen);
        for (int item = 0; item < Items; item++)
            items[item * Factors] -= (float)(b * logs[item]);
        return SetOf(Top(Made.Value.Users, items, Made.Value.Seen, Exclusions, Count));
    }

    public static AllocationContext Context(int threads = 2) => SomeLists.Context(
        Users, Items, Exclusions, new FactorScores(Made.Value.Users, Made.Value.Items, Factors), threads: threads);

    /// <summary>Returns the mean NDCG at the depth of the users with test items.</summary>
    public static double Ndcg(ListSet lists) =>
        RankingMetrics.Of(lists.Of(Made.Value.Truth.Users), Made.Value.Truth, [Depth])[0].Mean(RankingMetric.Ndcg);

    /// <summary>Returns how many lists hold each item within the depth.</summary>
    public static Exposure Exposure(ListSet lists)
    {
        var exposure = new Exposure(Items, Depth);
        for (int n = 0; n < lists.Users.Length; n++)
            exposure.Add(lists.Served(n));
        return exposure;
    }

    static ListSet SetOf(CandidateBlock lists)
    {
        var set = new ListSet([.. Enumerable.Range(0, Users)], Count, lists.Capacity, ["als"]);
        set.Candidates.CopyFrom(lists, 0);
        Array.Fill(set.Proposers, 1u);
        return set;
    }

    static CandidateBlock Top(float[] users, float[] items, SparseMatrix entries, Exclusions exclusions, int capacity)
    {
        const int block = 500;
        var scorer = new AlsFittedScorer(new AlsOptions { Factors = Factors }, users, items, entries);
        var all = new CandidateBlock(Users, capacity);
        Workers.Run(Users / block, 2, () => 0, (n, _) =>
        {
            var part = new CandidateBlock(block, capacity);
            scorer.TopCandidates([.. Enumerable.Range(n * block, block)], exclusions, part);
            all.CopyFrom(part, n * block);
        }, CancellationToken.None);
        return all;
    }

    static Shop Make()
    {
        float[] userTastes = Normals(1, Users), itemTastes = Normals(2, Items);
        // 7919 has no divisor in common with 12,000, so every rank of popularity is there once.
        double[] popularity = [.. Enumerable.Range(0, Items).Select(item => -0.8 * Math.Log(1 + (item * 7919 % Items)))];
        var everybody = Matrix([.. Enumerable.Range(0, Users).Select(user => new List<int> { user % Items })]);
        var considered = Top(
            UserFactors(userTastes), ItemFactors(itemTastes, popularity), everybody, Exclusions.None(Users), Considered);

        var seen = new List<int>[Users];
        var wanted = new List<int>[Users];
        for (int user = 0; user < Users; user++)
        {
            var isTest = Taken(user, considered).ToLookup(item => CounterRandom.Uniform(Seed + 5, user, item) < 0.2);
            (seen[user], wanted[user]) = ([.. isTest[false]], [.. isTest[true]]);
        }
        for (int item = 0; item < Items; item++)
            if (!wanted[item].Contains(item) && !seen[item].Contains(item))
                seen[item].Add(item);

        var matrix = Matrix(seen);
        float[] users = UserFactors(WithErrors(userTastes, 3)), items = ItemFactors(WithErrors(itemTastes, 4), LogViewers(matrix));
        return new Shop(matrix, Truth(wanted), users, items);
    }

    /// <summary>Draws what a user takes: the largest of worth plus noise, which is a draw by softmax without replacement.</summary>
    static IEnumerable<int> Taken(int user, CandidateBlock considered)
    {
        int count = (int)Math.Clamp(Math.Round(Math.Exp(2.2 + (0.9 * CounterRandom.Normal(Seed + 3, user, 0)))), 2, 80);
        int[] items = considered.ItemsOf(user).ToArray();
        float[] worth = considered.ScoresOf(user).ToArray();
        return items
            .Select((item, k) => (item, Noisy: worth[k] - Math.Log(-Math.Log(1 - CounterRandom.Uniform(Seed + 4, user, k)))))
            .OrderByDescending(entry => entry.Noisy)
            .Take(count)
            .Select(entry => entry.item);
    }

    static TestTruth Truth(List<int>[] wanted)
    {
        int[] users = [.. Enumerable.Range(0, Users).Where(user => wanted[user].Count > 0)];
        int[] rowPtr = new int[users.Length + 1];
        for (int n = 0; n < users.Length; n++)
            rowPtr[n + 1] = rowPtr[n] + wanted[users[n]].Count;
        return new TestTruth(users, rowPtr, [.. users.SelectMany(user => wanted[user].Order())], Support.Lists.NoCounts);
    }

    static float[] Normals(ulong stream, int rows)
    {
        float[] values = new float[rows * (Factors - 1)];
        for (int n = 0; n < values.Length; n++)
            values[n] = (float)CounterRandom.Normal(Seed + (stream << 8), n, 0);
        return values;
    }

    static float[] WithErrors(float[] tastes, ulong stream)
    {
        float[] errors = Normals(stream, tastes.Length / (Factors - 1));
        return [.. tastes.Zip(errors, (taste, error) => taste + (0.3f * error))];
    }

    /// <summary>Factors of a user: 1 for the popularity, then the taste.</summary>
    static float[] UserFactors(float[] tastes)
    {
        float[] factors = new float[tastes.Length / (Factors - 1) * Factors];
        for (int user = 0; user < factors.Length / Factors; user++)
        {
            factors[user * Factors] = 1;
            tastes.AsSpan(user * (Factors - 1), Factors - 1).CopyTo(factors.AsSpan((user * Factors) + 1));
        }
        return factors;
    }

    /// <summary>Factors of an item: its popularity, then its taste on the scale of the worth.</summary>
    static float[] ItemFactors(float[] tastes, double[] popularity)
    {
        float[] factors = new float[Items * Factors];
        for (int item = 0; item < Items; item++)
        {
            factors[item * Factors] = (float)popularity[item];
            for (int f = 1; f < Factors; f++)
                factors[(item * Factors) + f] = 0.6f * tastes[(item * (Factors - 1)) + f - 1];
        }
        return factors;
    }

    static double[] LogViewers(SparseMatrix seen)
    {
        int[] viewers = new int[Items];
        foreach (int item in seen.ColIndex)
            viewers[item]++;
        return [.. viewers.Select(count => Math.Log(1 + count))];
    }

    static SparseMatrix Matrix(List<int>[] rows)
    {
        long[] rowPtr = new long[rows.Length + 1];
        for (int n = 0; n < rows.Length; n++)
            rowPtr[n + 1] = rowPtr[n] + rows[n].Count;
        int[] columns = [.. rows.SelectMany(row => row.Order())];
        return new SparseMatrix(rows.Length, Items, rowPtr, columns, [.. columns.Select(_ => 1f)]);
    }
}
