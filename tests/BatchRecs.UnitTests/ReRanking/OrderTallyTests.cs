using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class OrderTallyTests
{
    /// <summary>
    /// Two of a then two of b, of which two are wanted: before both are of a (distance 0), after one of each (distance 1). The history is
    /// half and half: before KL = ½ ln(½ / 0.995) + ½ ln 100, after 0.
    /// </summary>
    [Fact]
    public void Diversity_and_miscalibration_are_those_of_the_first_ranks_before_and_after()
    {
        var data = SomeItems.Data(["a", "a", "b", "b", "a", "b"], [[4, 5]]);
        var tally = new OrderTally(data);
        var caps = new CategoryCaps(new CategoryCapsOptions { AtMost = 1 }, data);

        tally.Add([0, 1, 2, 3], SomeItems.Reordered(caps, [0, 1, 2, 3], count: 2));

        var figures = tally.Figures;
        Assert.Equal((0, 1), (figures.DiversityBefore, figures.Diversity));
        Assert.Equal((0.5 * Math.Log(0.5 / 0.995)) + (0.5 * Math.Log(100)), figures.MiscalibrationBefore!.Value, 6);
        Assert.Equal(0, figures.Miscalibration!.Value, 6);
        Assert.Equal(0, figures.RelaxedRanks);
    }

    [Fact]
    public void Relaxed_ranks_are_counted_over_all_lists()
    {
        var data = SomeItems.Data(["a", "a", "a"], [[0]]);
        var tally = new OrderTally(data);
        var caps = new CategoryCaps(new CategoryCapsOptions { AtMost = 1 }, data);

        for (int n = 0; n < 3; n++)
            tally.Add([0, 1, 2], SomeItems.Reordered(caps, [0, 1, 2]));

        Assert.Equal(6, tally.Figures.RelaxedRanks);
    }

    [Fact]
    public void Without_categories_there_is_no_miscalibration()
    {
        var data = SomeItems.Data(["", ""], [[0]]);
        var tally = new OrderTally(data);

        tally.Add([0, 1], SomeItems.Reordered(new NoveltyBoost(new NoveltyOptions(), data), [0, 1]));

        Assert.Null(tally.Figures.Miscalibration);
        Assert.Equal(1, tally.Figures.Diversity);
    }
}
