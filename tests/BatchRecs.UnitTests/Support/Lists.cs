using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;

namespace BatchRecs.UnitTests.Support;

/// <summary>Turns plain arrays into lists and test items.</summary>
static class Lists
{
    /// <summary>Makes a block of lists of items, best first; scores fall from the length of the list to 1.</summary>
    public static CandidateBlock Block(params int[][] lists)
    {
        var block = new CandidateBlock(lists.Length, lists.Max(list => list.Length));
        for (int n = 0; n < lists.Length; n++)
        {
            lists[n].CopyTo(block.Items, n * block.Capacity);
            for (int k = 0; k < lists[n].Length; k++)
                block.Scores[(n * block.Capacity) + k] = lists[n].Length - k;
            block.Lengths[n] = lists[n].Length;
        }
        return block;
    }

    /// <summary>Makes the truth of users 0, 1, 2 … from their test items, in any order.</summary>
    public static TestTruth Truth(params int[][] items)
    {
        int[] rowPtr = new int[items.Length + 1];
        for (int n = 0; n < items.Length; n++)
            rowPtr[n + 1] = rowPtr[n] + items[n].Length;
        return new TestTruth([.. Enumerable.Range(0, items.Length)], rowPtr, [.. items.SelectMany(list => list.Order())], NoCounts);
    }

    /// <summary>Gets counts for tests in which only the test items matter.</summary>
    public static SplitCounts NoCounts { get; } = new()
    {
        TrainingEvents = 0,
        TrainingUsers = 0,
        TrainingItems = 0,
        TestEvents = 0,
        TestPairs = 0,
        KnownPairs = 0,
        RepeatPairs = 0,
        EvaluatedPairs = 0,
        EvaluatedUsers = 0,
        SkippedUsers = 0,
        ColdUsers = 0,
        ColdUserPairs = 0,
        ColdItems = 0,
        ColdItemPairs = 0,
    };
}
