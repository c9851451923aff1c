using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

public sealed class CategoryCapsTests
{
    static readonly string[] Categories = ["a", "a", "a", "a", "b", "b", "c", "", "ab", "c"];

    [Fact]
    public void What_is_over_the_cap_spills_over_behind_the_others() =>
        Assert.Equal([0, 1, 4, 5, 2, 3, 6], Order([0, 1, 2, 3, 4, 5, 6], new() { AtMost = 2, Apart = false, Depth = 4 }));

    [Fact]
    public void Neighbours_have_no_category_in_common() =>
        Assert.Equal([0, 4, 1, 5, 2, 6, 3], Order([0, 1, 2, 3, 4, 5, 6], new() { AtMost = 3, Depth = 7 }));

    [Fact]
    public void Below_the_depth_the_order_stays() =>
        Assert.Equal([0, 4, 1, 2, 3, 5], Order([0, 1, 2, 3, 4, 5], new() { AtMost = 3, Depth = 2 }));

    [Fact]
    public void An_item_without_a_category_may_stand_anywhere() =>
        Assert.Equal([0, 7, 1], Order([0, 1, 7], new() { AtMost = 3, Depth = 3 }));

    /// <summary>Item 8 is of a and of b: with one a on the list already and a cap of 1 it does not fit.</summary>
    [Fact]
    public void An_item_counts_in_each_of_its_categories()
    {
        Assert.Equal([0, 6, 8], Order([0, 8, 6], new() { AtMost = 1, Apart = false, Depth = 2 }));
        Assert.Equal([8, 6, 4], Order([8, 4, 6], new() { AtMost = 1, Apart = false, Depth = 2 }));
    }

    [Fact]
    public void A_cap_that_cannot_be_kept_is_relaxed_and_counted()
    {
        var list = SomeItems.Reordered(Caps(new() { AtMost = 1, Depth = 4 }), [0, 1, 4, 2], count: 4);

        Assert.Equal([0, 4, 1, 2], list.Items);
        Assert.Equal(2, list.Relaxed);
    }

    /// <summary>After a, b, a, c there is a third a, which is over its cap, and a second c: the c comes.</summary>
    [Fact]
    public void Neighbours_are_alike_before_a_cap_is_broken()
    {
        var list = SomeItems.Reordered(Caps(new() { AtMost = 2, Depth = 5 }), [0, 1, 4, 6, 2, 9]);

        Assert.Equal([0, 4, 1, 6, 9, 2], list.Items);
        Assert.Equal(1, list.Relaxed);
    }

    [Fact]
    public void Where_the_limits_can_be_kept_they_are()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            string[] single = [.. Enumerable.Range(0, 60).Select(item => $"{(char)('a' + ((item * 7) % 12))}")];
            var data = SomeItems.Data(single);
            var (items, scores) = SomeItems.DrawList(seed, 0, 60);

            var caps = new CategoryCaps(new CategoryCapsOptions { AtMost = 2, Depth = 20 }, data);

            var list = SomeItems.Reordered(caps, items, 20, 0, scores);

            int[] categories = [.. list.Items[..20].ToArray().Select(item => data.Catalog.CategoriesOf(item)[0])];
            Assert.Equal(0, list.Relaxed);
            Assert.All(categories.CountBy(category => category), entry => Assert.InRange(entry.Value, 1, 2));
            Assert.DoesNotContain(categories.Zip(categories.Skip(1)), pair => pair.First == pair.Second);
        }
    }

    static int[] Order(int[] items, CategoryCapsOptions options) => SomeItems.Order(Caps(options), items);

    static CategoryCaps Caps(CategoryCapsOptions options) => new(options, SomeItems.Data(Categories));
}
