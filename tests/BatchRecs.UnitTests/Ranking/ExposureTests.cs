using BatchRecs.Core.Ranking;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Ranking;

public sealed class ExposureTests
{
    [Fact]
    public void Only_the_first_ranks_count()
    {
        var exposure = new Exposure(itemCount: 5, depth: 2);

        exposure.Add(Lists.Block([0, 1, 2], [0, 2, 3], [4]));

        Assert.Equal([2, 1, 1, 0, 1], exposure.Counts);
    }

    [Fact]
    public void Coverage_is_the_share_of_eligible_items_in_enough_lists()
    {
        var exposure = new Exposure(itemCount: 5, depth: 2);
        exposure.Add(Lists.Block([0, 1, 2], [0, 2, 3], [4]));

        Assert.Equal(0.8, exposure.Coverage());
        Assert.Equal(0.2, exposure.Coverage(minLists: 2));
        Assert.Equal(1, exposure.Coverage(ineligible: [false, false, false, true, false]));
    }

    [Fact]
    public void An_empty_catalogue_is_not_covered()
    {
        Assert.Equal(0, new Exposure(itemCount: 0, depth: 10).Coverage());
    }
}
