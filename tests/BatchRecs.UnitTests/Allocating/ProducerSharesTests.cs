using BatchRecs.Core.Allocating;
using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Allocating;

public sealed class ProducerSharesTests
{
    /// <summary>Items 0 and 1 are of one brand, 2 and 3 of another, 4 of none.</summary>
    static readonly ItemCatalog Brands = Catalog("brand:a", "brand:a", "brand:b", "brand:b", "gift");

    [Fact]
    public void A_producer_that_has_its_share_is_passed_over()
    {
        // Everybody gets brand a alone. With fairness 1 each brand is due half: two of four lists of one rank.
        var lists = SomeLists.Of(1, [0, 2], [1, 3], [0, 3], [1, 2]);

        var outcome = Run(lists, new ProducerOptions { Prefix = "brand:", Fairness = 1, Depth = 1 });

        Assert.Equal([[0], [1], [3], [2]], SomeLists.Served(lists));
        Assert.Equal("exposure of producers 50.0 % → 0.0 % away from its aim, 2 lists changed", outcome.Note);
    }

    [Fact]
    public void Without_fairness_the_lists_stay()
    {
        var lists = SomeLists.Of(2, [0, 2, 4], [1, 3, 4], [0, 1, 2]);

        var outcome = Run(lists, new ProducerOptions { Prefix = "brand:", Fairness = 0, Depth = 2 });

        Assert.Equal([[0, 2], [1, 3], [0, 1]], SomeLists.Served(lists));
        Assert.Equal(0, outcome.Figures["awayAfter"], tolerance: 1e-12);
    }

    [Fact]
    public void A_list_with_nothing_else_keeps_its_items_and_is_counted()
    {
        var lists = SomeLists.Of(1, [0], [1], [0], [1]);

        var outcome = Run(lists, new ProducerOptions { Prefix = "brand:", Fairness = 1, Depth = 1 });

        Assert.Equal([[0], [1], [0], [1]], SomeLists.Served(lists));
        Assert.Equal(2, outcome.Figures["overruns"]);
    }

    [Fact]
    public void Items_without_a_producer_are_never_passed_over()
    {
        var lists = SomeLists.Of(1, [4, 2], [4, 2], [0, 2], [4, 2]);

        Run(lists, new ProducerOptions { Prefix = "brand:", Fairness = 1, Depth = 1 });

        Assert.Equal([[4], [4], [0], [4]], SomeLists.Served(lists));
    }

    static AllocationOutcome Run(ListSet lists, ProducerOptions options) => new ProducerShares(options).Allocate(
        lists, SomeLists.Context(lists.Users.Length, 5) with { Catalog = Brands }, CancellationToken.None);

    static ItemCatalog Catalog(params string[] categories)
    {
        var catalog = new ItemCatalogBuilder(categories.Length);
        for (int item = 0; item < categories.Length; item++)
            catalog.AddCategory(item, categories[item]);
        return catalog.Build();
    }
}
