using BatchRecs.Core.Evaluation;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Evaluation;

public sealed class ListFiguresTests
{
    [Fact]
    public void Figures_equal_those_of_the_oracle()
    {
        var catalogue = new CataloguePopularity(MetricsOracle.ItemCounts, MetricsOracle.UserCount);

        var figures = ListFigures.Of(MetricsOracle.AllLists, MetricsOracle.N, catalogue);

        Assert.Equal(MetricsOracle.Expected("coverage"), figures.Coverage, 1e-12);
        Assert.Equal(MetricsOracle.Expected("coverageAtLeast5"), figures.CoverageAtLeast5, 1e-12);
        Assert.Equal(MetricsOracle.Expected("gini"), figures.Gini, 1e-12);
        Assert.Equal(MetricsOracle.Expected("entropyNats"), figures.Entropy, 1e-12);
        Assert.Equal(MetricsOracle.Expected("effectiveItems"), figures.EffectiveItems, 1e-10);
        Assert.Equal(MetricsOracle.Expected("novelty"), figures.Novelty, 1e-12);
        Assert.Equal(MetricsOracle.Expected("averageRecommendationPopularity"), figures.AveragePopularity, 1e-10);
        Assert.Equal(MetricsOracle.Expected("longTailShare"), figures.LongTailShare, 1e-12);
    }

    [Fact]
    public void Hand_computed_figures_of_two_lists_over_four_items()
    {
        // Appearances 2, 1, 1, 0; the head is ceil(20 % of 4) = 1 item: item 0.
        var figures = ListFigures.Of(Lists.Block([0, 1, 3], [0, 2]), at: 2, new CataloguePopularity([7, 3, 1, 0], userCount: 7));

        Assert.Equal(0.75, figures.Coverage);
        Assert.Equal(0, figures.CoverageAtLeast5);
        Assert.Equal(0, figures.CoverageAtLeast20);
        Assert.Equal(0, figures.CoverageAtLeast100);
        // Ascending 0, 1, 1, 2: (−3·0 − 1·1 + 1·1 + 3·2) / (4 · 4).
        Assert.Equal(0.375, figures.Gini);
        Assert.Equal(1.5 * Math.Log(2), figures.Entropy, 1e-12);
        Assert.Equal(Math.Pow(2, 1.5), figures.EffectiveItems, 1e-12);
        // Surprise of the items: 0, 1, 2 and 3 bits.
        Assert.Equal(0.75, figures.Novelty, 1e-12);
        Assert.Equal(4.5, figures.AveragePopularity);
        Assert.Equal(0.5, figures.LongTailShare);
    }

    [Fact]
    public void The_tail_is_cut_at_the_lower_item_among_equals()
    {
        var catalogue = new CataloguePopularity([3, 5, 5, 3, 1], userCount: 9);

        Assert.Equal([true, false, true, true, true], catalogue.IsTail);
    }

    [Fact]
    public void Empty_lists_do_not_enter_the_means_over_lists()
    {
        var catalogue = new CataloguePopularity([7, 3], userCount: 7);

        var figures = ListFigures.Of(Lists.Block([1], [], []), at: 10, catalogue);

        Assert.Equal(1, figures.Novelty, 1e-12);
        Assert.Equal(3, figures.AveragePopularity);
        Assert.Equal(0.5, figures.Coverage);
    }

    [Fact]
    public void Without_any_list_every_figure_is_zero()
    {
        var figures = ListFigures.Of(Lists.Block([], []), at: 10, new CataloguePopularity([7, 3], userCount: 7));

        Assert.Equal(new ListFigures
        {
            Coverage = 0,
            CoverageAtLeast5 = 0,
            Gini = 0,
            Entropy = 0,
            EffectiveItems = 0,
            Novelty = 0,
            AveragePopularity = 0,
            LongTailShare = 0,
        }, figures);
    }

    [Fact]
    public void Lists_that_show_one_item_only_are_as_uneven_as_can_be()
    {
        var figures = ListFigures.Of(Lists.Block([2], [2], [2]), at: 10, new CataloguePopularity([1, 1, 1, 1], userCount: 4));

        // (E − 1) / E is the largest Gini of E items.
        Assert.Equal(0.75, figures.Gini, 1e-12);
        Assert.Equal(1, figures.EffectiveItems, 1e-12);
    }
}
