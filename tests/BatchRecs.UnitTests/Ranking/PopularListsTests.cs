using BatchRecs.Core.Data;
using BatchRecs.Core.Ranking;

namespace BatchRecs.UnitTests.Ranking;

public sealed class PopularListsTests
{
    // Item 0 is a drama, 1 none, 2 a comedy and a drama, 3 a comedy, 4 a drama.
    static readonly ItemCatalog Genres = Catalog(["comedy", "drama"], [0, 1, 1, 3, 4, 5], [1, 0, 1, 0, 1]);

    [Fact]
    public void Everybody_and_each_category_get_both_kinds()
    {
        var rows = PopularLists.Build([5, 9, 7, 7, 0], [0, 0, 1.5, 0, 2], count: 10, Genres);

        PopularItem[] expected =
        [
            new("all", "popular", 1, 1, 9), new("all", "popular", 2, 2, 7), new("all", "popular", 3, 3, 7), new("all", "popular", 4, 0, 5),
            new("comedy", "popular", 1, 2, 7), new("comedy", "popular", 2, 3, 7),
            new("drama", "popular", 1, 2, 7), new("drama", "popular", 2, 0, 5),
            new("all", "trending", 1, 4, 2), new("all", "trending", 2, 2, 1.5),
            new("comedy", "trending", 1, 2, 1.5),
            new("drama", "trending", 1, 4, 2), new("drama", "trending", 2, 2, 1.5),
        ];
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Every_list_is_cut_at_the_count()
    {
        var rows = PopularLists.Build([5, 9, 7, 7, 6], new double[5], count: 1, Genres);

        Assert.Equal([("all", 1), ("comedy", 2), ("drama", 2)], rows.Select(row => (row.Segment, row.Item)));
    }

    [Fact]
    public void Ineligible_items_and_scores_that_are_not_positive_are_left_out()
    {
        var rows = PopularLists.Build([5, 9, -1, double.NaN, 0], new double[5], count: 10, ineligible: [false, true, false, false, false]);

        Assert.Equal([new PopularItem("all", "popular", 1, 0, 5)], rows);
    }

    [Fact]
    public void A_category_named_like_the_segment_of_everybody_gets_no_lists_of_its_own()
    {
        var rows = PopularLists.Build([5], [0], count: 10, Catalog(["all"], [0, 1], [0]));

        Assert.Equal([new PopularItem("all", "popular", 1, 0, 5)], rows);
    }

    static ItemCatalog Catalog(string[] names, int[] rowPtr, int[] index) => ItemCatalog.Empty(rowPtr.Length - 1) with
    {
        CategoryNames = names,
        CategoryRowPtr = rowPtr,
        CategoryIndex = index,
    };
}
