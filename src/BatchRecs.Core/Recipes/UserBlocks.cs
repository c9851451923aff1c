using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;

namespace BatchRecs.Core.Recipes;

/// <summary>Cuts users into small blocks that several threads work on; every block writes its own part of the result.</summary>
static class UserBlocks
{
    /// <summary>Users per unit of work: enough to fill a tile of the score kernel many times, few enough to spread over threads.</summary>
    const int Size = 64;

    /// <summary>Runs <paramref name="work"/> on [start, start + length) of the users, in parallel.</summary>
    public static void Run(int users, int threads, Action<int, int> work, CancellationToken token)
    {
        int blocks = (users + Size - 1) / Size;
        Workers.Run(blocks, threads, () => 0, (block, _) => work(block * Size, Math.Min(Size, users - (block * Size))), token);
    }

    /// <summary>Returns one scorer's candidates of many users.</summary>
    public static CandidateBlock TopCandidates(
        IFittedScorer scorer, int[] users, Exclusions exclusions, int capacity, int threads, CancellationToken token)
    {
        var all = new CandidateBlock(users.Length, capacity);
        Run(users.Length, threads, (start, length) =>
        {
            var part = new CandidateBlock(length, capacity);
            scorer.TopCandidates(users.AsSpan(start, length), exclusions, part);
            all.CopyFrom(part, start);
        }, token);
        return all;
    }
}
