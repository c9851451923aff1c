using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Ranking;

public sealed class TopNProperties
{
    [Fact]
    public void The_best_n_are_the_first_n_of_a_full_sort_with_ties_to_the_lower_index()
    {
        // Few distinct scores, so that ties are common.
        var cases = from scores in Gen.Choose(-3, 3).ListOf() from capacity in Gen.Choose(0, 12) from seed in Gen.Choose(0, 99)
                    select (scores, capacity, seed);
        Law.Holds(cases, test =>
        {
            var offers = test.scores.Select((score, item) => (Item: item, Score: (float)score)).ToArray();
            var best = new TopN(test.capacity);
            foreach (var (item, score) in offers.OrderBy(offer => (offer.Item * 31 + test.seed) % 17))
                best.Offer(item, score);
            int[] items = new int[test.capacity];
            float[] scores = new float[test.capacity];

            int count = best.Drain(items, scores);

            var expected = offers.OrderByDescending(offer => offer.Score).ThenBy(offer => offer.Item).Take(test.capacity).ToArray();
            return count == expected.Length
                && items[..count].SequenceEqual(expected.Select(offer => offer.Item))
                && scores[..count].SequenceEqual(expected.Select(offer => offer.Score))
                && best.Count == 0;
        });
    }

    [Fact]
    public void What_is_not_a_number_is_never_kept()
    {
        var best = new TopN(2);

        best.Offer(0, float.NaN);
        best.Offer(1, -5);

        Assert.Equal(1, best.Count);
    }

    [Fact]
    public void The_threshold_is_open_while_there_is_room_and_then_the_worst_kept_score()
    {
        var best = new TopN(2);

        best.Offer(0, 3);
        Assert.Equal(float.NegativeInfinity, best.Threshold);
        best.Offer(1, 5);
        Assert.Equal(3, best.Threshold);
        best.Offer(2, 4);
        Assert.Equal(4, best.Threshold);
    }
}
