using BatchRecs.Core.Data;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Data;

/// <summary>What cuts a snapshot cuts its catalog too.</summary>
public sealed class SnapshotCatalogTests
{
    [Fact]
    public void A_cut_snapshot_knows_the_categories_and_titles_of_its_own_items()
    {
        var snapshot = new EventTable().Add("ann", "gin", 9).Add("ann", "jam", 1).Add("bob", "tea", 2).ToSnapshot();
        var catalog = new ItemCatalogBuilder(3);
        catalog.AddTitle(0, "Gin");
        catalog.AddTitle(2, "Tea");
        catalog.AddCategory(0, "drinks");
        catalog.AddCategory(1, "food");
        catalog.AddCategory(1, "sweets");
        catalog.AddCategory(2, "drinks");

        var before = (snapshot with { Catalog = catalog.Build() }).Before(5 * EventTable.Day);

        Assert.Equal(["jam", "tea"], before.Items.Texts.ToArray());
        Assert.Equal<string?[]>([null, "Tea"], before.Catalog!.Titles);
        Assert.Equal(["food", "sweets"], before.Catalog.CategoriesOf(0).ToArray().Select(index => before.Catalog.CategoryNames[index]));
        Assert.Equal(["drinks"], before.Catalog.CategoriesOf(1).ToArray().Select(index => before.Catalog.CategoryNames[index]));
    }

    [Fact]
    public void The_hash_of_a_snapshot_is_that_of_its_ids_and_events()
    {
        var snapshot = new EventTable().Add("ann", "gin", 9).ToSnapshot();

        Assert.Equal(ContentHash.Of(snapshot), ContentHash.Of(snapshot with { Catalog = ItemCatalog.Empty(1) }));
    }
}
