using BatchRecs.Core.Data;

namespace BatchRecs.UnitTests.Data;

public sealed class ItemCatalogTests
{
    [Fact]
    public void Categories_are_sorted_and_distinct_whatever_the_order_of_rows()
    {
        (int Item, string Category)[] rows = [(2, "War"), (0, " Drama "), (2, "Ärzte"), (0, "Drama"), (2, "Drama"), (1, " ")];

        foreach (var order in new[] { rows, [.. rows.Reverse()] })
        {
            var builder = new ItemCatalogBuilder(3);
            foreach (var (item, category) in order)
                builder.AddCategory(item, category);
            var catalog = builder.Build();

            Assert.Equal(["Drama", "War", "Ärzte"], catalog.CategoryNames);
            Assert.Equal([0, 1, 1, 4], catalog.CategoryRowPtr);
            Assert.Equal([0, 0, 1, 2], catalog.CategoryIndex);
            Assert.Equal([0, 1, 2], catalog.CategoriesOf(2).ToArray());
        }
    }

    [Fact]
    public void Of_several_titles_the_first_by_bytes_is_kept()
    {
        foreach (string[] order in new string[][] { ["B", "a", " "], [" ", "a", "B"] })
        {
            var builder = new ItemCatalogBuilder(1);
            foreach (string title in order)
                builder.AddTitle(0, title);

            Assert.Equal("B", builder.Build().Titles[0]);
        }
    }

    [Fact]
    public void An_index_finds_typed_ids_and_says_minus_one_for_others()
    {
        var uuid = Guid.Parse("ff000000-0000-0000-0000-000000000001");
        var integers = new IdIndex(new IntegerIdMap(IdKind.Int32, [-5, 3, 8]));
        var uuids = new IdIndex(new UuidIdMap([Guid.Parse("00000000-0000-0000-0000-00000000000f"), uuid]));
        var texts = new IdIndex(new TextIdMap(["007", "7"]));

        Assert.Equal([0, 2, -1, -1], new[] { integers.Find(-5), integers.Find(8), integers.Find(4), integers.Find(9) });
        Assert.Equal([1, -1], new[] { uuids.Find(uuid), uuids.Find(Guid.Empty) });
        Assert.Equal([0, 1, -1], new[] { texts.Find("007"), texts.Find("7"), texts.Find("") });
    }

    [Fact]
    public void Exclusion_lists_are_rows_of_users_with_ascending_items()
    {
        var lists = ExclusionLists.Of(3, 4, new HashSet<int> { 3 }, new HashSet<(int, int)> { (2, 1), (0, 2), (2, 0) }, unknownRows: 5);
        var exclusions = lists.ToExclusions();

        Assert.Equal([0, 1, 1, 3], lists.RowPtr);
        Assert.Equal([2, 0, 1], lists.ItemIndex);
        Assert.Equal([0, 1], exclusions.Of(2).ToArray());
        Assert.True(exclusions.IsIneligible(3));
        Assert.False(exclusions.IsIneligible(2));
    }

    [Fact]
    public void A_catalog_of_some_items_has_their_titles_and_categories_in_the_order_asked_for()
    {
        var catalog = new ItemCatalog
        {
            Titles = ["a", null, "c"],
            CategoryNames = ["Crime", "Drama"],
            CategoryRowPtr = [0, 2, 2, 3],
            CategoryIndex = [0, 1, 1],
        };

        var some = catalog.Select([2, 0]);

        Assert.Equal<string?[]>(["c", "a"], some.Titles);
        Assert.Equal([0, 1, 3], some.CategoryRowPtr);
        Assert.Equal([1, 0, 1], some.CategoryIndex);
        Assert.Equal(["Crime", "Drama"], some.CategoryNames);
    }
}
