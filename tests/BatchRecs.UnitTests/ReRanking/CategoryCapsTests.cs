using BatchRecs.Core.Numerics;
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
        var list = SomeItems.Reordered(Caps(new() { AtMost = 2, Depth = 6 }), [0, 1, 4, 6, 2, 9]);

        Assert.Equal([0, 4, 1, 6, 9, 2], list.Items);
        Assert.Equal(2, list.Relaxed);
    }

    /// <summary>Taken as they come, b and the two a would stand side by side: the a comes first.</summary>
    [Fact]
    public void The_first_candidate_waits_if_the_others_could_not_be_kept_apart_behind_it() =>
        Assert.Equal([0, 4, 1], Order([4, 0, 1], new() { Depth = 3 }));

    /// <summary>All orders of all choices are tried: where one keeps both limits, so does the list.</summary>
    [Fact]
    public void Whenever_some_order_keeps_the_limits_the_list_does()
    {
        int solvable = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            string[] categories = [.. Enumerable.Range(0, 7).Select(item => Names[CounterRandom.Index(seed, item, 0, Names.Length)])];
            var options = new CategoryCapsOptions { AtMost = 1 + CounterRandom.Index(seed, 9, 1, 3), Depth = 5 };

            int relaxed = SomeItems.Reordered(
                new CategoryCaps(options, SomeItems.Data(categories)), [0, 1, 2, 3, 4, 5, 6], count: 5).Relaxed;

            bool isSolvable = Exists([], categories, options);
            Assert.Equal(isSolvable, relaxed == 0);
            solvable += isSolvable ? 1 : 0;
        }
        Assert.InRange(solvable, 100, 300);
    }

    static readonly string[] Names = ["a", "a", "a", "b", "b", "c", ""];

    static bool Exists(int[] list, string[] categories, CategoryCapsOptions options) =>
        list.Length == options.Depth || Enumerable.Range(0, categories.Length).Any(item =>
            !list.Contains(item)
            && (categories[item].Length == 0
                || (list.Count(above => categories[above] == categories[item]) < options.AtMost
                    && (list.Length == 0 || categories[list[^1]] != categories[item])))
            && Exists([.. list, item], categories, options));

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
