using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Ranking;

/// <summary>The candidates of all validation users, merged once, so that weights are judged by sums and comparisons alone.</summary>
sealed class BlendCandidates
{
    /// <summary>More users than this are thinned out evenly: the mean no longer moves, and memory stays in bounds.</summary>
    internal const int MaxUsers = 20_000;

    readonly int _sourceCount;
    readonly int _at;
    readonly Discounts _discounts;
    readonly List<UserCandidates> _users = [];

    public BlendCandidates(IReadOnlyList<CandidateBlock> sources, TestTruth truth, int at)
    {
        _sourceCount = sources.Count;
        _at = at;
        _discounts = new Discounts(at);
        var union = new CandidateUnion(sources.Count);
        int step = (truth.UserCount + MaxUsers - 1) / MaxUsers;
        for (int n = 0; n < truth.UserCount; n += step)
        {
            union.Load(sources, n);
            var wanted = truth.Of(n);
            bool[] hits = new bool[union.Count];
            for (int k = 0; k < hits.Length; k++)
                hits[k] = wanted.BinarySearch(union.Items[k]) >= 0;
            _users.Add(new UserCandidates(union.Ranks[..(union.Count * sources.Count)], hits, wanted.Length));
        }
    }

    /// <summary>Gets the number of users looked at.</summary>
    public int UserCount => _users.Count;

    /// <summary>Returns the mean NDCG of the lists that these weights give.</summary>
    public double MeanNdcg(ReadOnlySpan<double> weights)
    {
        Span<float> scores = stackalloc float[_at];
        Span<bool> hits = stackalloc bool[_at];
        double sum = 0;
        foreach (var user in _users)
        {
            int length = Top(user, weights, scores, hits);
            double gain = 0;
            for (int k = 0; k < length; k++)
                if (hits[k])
                    gain += _discounts.At(k + 1);
            sum += gain / _discounts.Sum(Math.Min(_at, user.Wanted));
        }
        return sum / _users.Count;
    }

    /// <summary>Finds the best candidates in the order in which the fusion would list them, and whether each is a hit.</summary>
    int Top(UserCandidates user, ReadOnlySpan<double> weights, Span<float> scores, Span<bool> hits)
    {
        int length = 0;
        for (int k = 0; k < user.Hits.Length; k++)
        {
            float score = ReciprocalRankFusion.Score(user.Ranks.AsSpan(k * _sourceCount, _sourceCount), weights, out _);
            // Items come in ascending order, so an equal score ranks behind what is there already.
            if (score == 0 || (length == _at && score <= scores[^1]))
                continue;
            int place = length < _at ? length++ : _at - 1;
            for (; place > 0 && scores[place - 1] < score; place--)
                (scores[place], hits[place]) = (scores[place - 1], hits[place - 1]);
            (scores[place], hits[place]) = (score, user.Hits[k]);
        }
        return length;
    }

    /// <param name="Ranks">Rank of each candidate at each scorer, row-major; items ascending.</param>
    /// <param name="Hits">Whether each candidate is wanted.</param>
    /// <param name="Wanted">Number of test items, proposed or not.</param>
    readonly record struct UserCandidates(ushort[] Ranks, bool[] Hits, int Wanted);
}
