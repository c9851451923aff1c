using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Training;

/// <summary>
/// Ten users take even or odd items by their own number. User 10 takes items 0 and 1; so does user 11, but dislikes 3 and 5; user 12
/// only dislikes.
/// </summary>
public sealed class NegativeEntriesTests
{
    static readonly Snapshot World = MakeWorld();

    [Fact]
    public void Whoever_dislikes_items_of_a_kind_gets_the_other_kind()
    {
        var lists = Lists();

        Assert.All(lists.ItemsOf(1)[..4].ToArray(), item => Assert.Equal(0, item % 2));
        Assert.True(EvenLessOdd(lists, 1) > EvenLessOdd(lists, 0) + 0.1);
    }

    [Fact]
    public void Whoever_only_dislikes_is_left_to_other_scorers() => Assert.Equal(0, Lists().Lengths[2]);

    /// <summary>Returns the scores of item 8 less those of item 9, which nobody of the three has met.</summary>
    static double EvenLessOdd(CandidateBlock lists, int user)
    {
        int[] items = lists.ItemsOf(user).ToArray();
        return lists.ScoresOf(user)[Array.IndexOf(items, 8)] - lists.ScoresOf(user)[Array.IndexOf(items, 9)];
    }

    static CandidateBlock Lists()
    {
        var weighing = new WeighingOptions { Events = [new EventWeight("like"), new EventWeight("dislike") { IsNegative = true }] };
        var data = new TrainingData(World, Weigher.Weigh(World, weighing));
        var scorer = new AlsScorer(new AlsOptions { Factors = 2, Iterations = 8, UnobservedWeight = 0.1 });
        var lists = new CandidateBlock(3, 10);

        scorer.Open(scorer.Fit(data, new FitContext(1, 1), CancellationToken.None), data)
            .TopCandidates([10, 11, 12], SeenItems.Build(World, new SeenRule()), lists);

        return lists;
    }

    static Snapshot MakeWorld()
    {
        var events = new SomeEvents(13, 10, "dislike", "like");
        for (int user = 0; user < 10; user++)
            for (int item = user % 2; item < 10; item += 2)
                events.Add(user, item, "like");
        return events
            .Add(10, 0, "like").Add(10, 1, "like")
            .Add(11, 0, "like").Add(11, 1, "like").Add(11, 3, "dislike").Add(11, 5, "dislike")
            .Add(12, 1, "dislike")
            .ToSnapshot();
    }
}
