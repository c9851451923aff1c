using BatchRecs.Core.Allocating;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Ranking.Exploration;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.ReRanking;
using BatchRecs.UnitTests.Ranking.Exploration;
using BatchRecs.UnitTests.Support;
using MathNet.Numerics.Distributions;

namespace BatchRecs.UnitTests.Recipes;

public class ListExplorerTests
{
    const int Count = 10;

    static readonly int[] AllUsers = [.. Enumerable.Range(0, SomeRecipe.Users)];
    static readonly Recipe Recipe = SomeRecipe.Of(SomeRecipe.Als(), SomeRecipe.Recent());
    static readonly RecipeLists Lists = OpenLists();
    static readonly Exclusions Seen = SeenItems.Build(SomeRecipe.Shop, Recipe.Options.Seen);

    [Fact]
    public void One_place_of_every_list_is_drawn_and_all_others_stay()
    {
        var (before, after) = (Gather(), Gather());

        Explore(after, SomeExploration.Options);

        Assert.Equal(SomeRecipe.Users, after.Explored.Count);
        foreach (var row in after.Explored)
        {
            var (was, now) = (before.Served(row.User).ToArray(), after.Served(row.User).ToArray());
            Assert.Equal((3, now[2]), (row.Rank, row.Item));
            Assert.DoesNotContain(row.Item, was);
            Assert.Equal([.. was[..2], .. was[3..]], (int[])[.. now[..2], .. now[3..]]);
            Assert.Equal("explore", after.SourceNames[after.Sources[(row.User * after.Candidates.Capacity) + 2]]);
        }
    }

    [Fact]
    public void Nothing_that_was_seen_is_drawn()
    {
        var set = Gather();

        Explore(set, SomeExploration.Options);

        Assert.All(set.Explored, row => Assert.True(Seen.Of(row.User).BinarySearch(row.Item) < 0));
    }

    [Fact]
    public void A_draw_says_its_probability_its_pool_and_what_the_blend_would_have_taken()
    {
        var set = Gather();
        int[] pool = new PoolPicker(SomeExploration.Options, SomeRecipe.Shop, Seen).Pick(new long[SomeRecipe.Items]);

        Explore(set, SomeExploration.Options);

        foreach (var row in set.Explored)
        {
            int[] own = [.. pool.Except(Seen.Of(row.User).ToArray()).Except(Gather().Served(row.User).ToArray())];
            Assert.Equal(own.Length, row.PoolSize);
            Assert.Contains(row.Item, own);
            Assert.InRange(row.Propensity, 0.1 / own.Length, 1);
            Assert.InRange(row.Score, row.Item == row.BestItem ? 1 : 0, 1);
            Assert.Equal(own.OrderBy(item => RankOf(row.User, item, pool)).First(), row.BestItem);
        }
    }

    [Fact]
    public void Several_places_share_the_pool_and_draw_each_by_itself()
    {
        var set = Gather();
        var options = SomeExploration.Options with { Ranks = [2, 6], PoolSize = SomeRecipe.Items };
        int[] alone = [.. Enumerable.Range(0, SomeRecipe.Items)];

        Explore(set, options);

        var lists = set.Explored.GroupBy(row => row.User).ToList();
        Assert.Equal(SomeRecipe.Users, lists.Count);
        Assert.All(lists, rows => Assert.Equal([2, 6], rows.Select(row => row.Rank)));
        // An item belongs to one place in all lists, and together the two parts are all that a user could get.
        Assert.Empty(
            set.Explored.Where(row => row.Rank == 2).Select(row => row.Item)
                .Intersect(set.Explored.Where(row => row.Rank == 6).Select(row => row.Item)));
        Assert.All(lists, rows => Assert.Equal(
            alone.Except(Seen.Of(rows.Key).ToArray()).Except(Gather().Served(rows.Key).ToArray()).Count(),
            rows.Sum(row => row.PoolSize)));
    }

    [Fact]
    public void Over_many_days_items_come_as_often_as_their_probabilities_say()
    {
        // The pool is the whole catalogue, so the same every day; a day of a user is a draw of its own.
        const int days = 400, user = 5;
        var options = SomeExploration.Options with { PoolSize = SomeRecipe.Items, Temperature = 1 };
        var counts = new Dictionary<int, int>();
        var propensities = new Dictionary<int, double>();
        for (int day = 0; day < days; day++)
        {
            var later = SomeRecipe.Shop with { DataUntil = SomeRecipe.Shop.DataUntil + (day * SomeEvents.MicrosecondsPerDay) };
            var again = Gather([user]);
            new ListExplorer(options, Lists, later, Seen, threads: 1).Explore(again, CancellationToken.None);
            var row = again.Explored.Single();
            counts[row.Item] = counts.GetValueOrDefault(row.Item) + 1;
            propensities[row.Item] = row.Propensity;
        }

        double rest = 1 - propensities.Values.Sum();
        double chiSquare = (days * rest)
            + propensities.Sum(entry => Square(counts[entry.Key] - (days * entry.Value)) / (days * entry.Value));
        Assert.True(chiSquare < ChiSquared.InvCDF(propensities.Count, 0.999));
        Assert.InRange(rest, -1e-9, 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void The_number_of_threads_changes_no_draw(int threads)
    {
        var (expected, found) = (Gather(), Gather());

        Explore(expected, SomeExploration.Options);
        Explore(found, SomeExploration.Options, threads);

        Assert.Equal(expected.Explored, found.Explored);
    }

    [Fact]
    public void The_draw_of_a_user_does_not_hang_on_who_else_is_there()
    {
        var (all, some) = (Gather(), Gather([5, 70, 119]));

        Explore(all, SomeExploration.Options);
        Explore(some, SomeExploration.Options);

        Assert.Equal(all.Explored.Where(row => row.User is 5 or 70 or 119), some.Explored);
    }

    [Fact]
    public void A_share_of_the_users_explores_and_it_is_the_same_every_day()
    {
        var options = SomeExploration.Options with { Share = 0.3 };
        var tomorrow = SomeRecipe.Shop with { DataUntil = SomeRecipe.Shop.DataUntil + SomeEvents.MicrosecondsPerDay };
        var (first, second) = (Gather(), Gather());

        Explore(first, options);
        new ListExplorer(options, Lists, tomorrow, Seen, threads: 2).Explore(second, CancellationToken.None);

        // Binomial: 36 ± 3 · 5.
        Assert.InRange(first.Explored.Count, 21, 51);
        Assert.Equal(first.Explored.Select(row => row.User), second.Explored.Select(row => row.User));
        Assert.NotEqual(first.Explored.Select(row => row.Item), second.Explored.Select(row => row.Item));
    }

    [Fact]
    public void Without_a_pool_lists_stay_as_they_are_and_are_counted()
    {
        var (before, after) = (Gather(), Gather());

        var outcome = Explore(after, SomeExploration.Options with { Pool = ExplorationPool.New, NewWithin = TimeSpan.FromHours(1) });

        Assert.Empty(after.Explored);
        Assert.Equal(before.Candidates.Items, after.Candidates.Items);
        Assert.Equal((0.0, 120.0), (outcome.Figures["places"], outcome.Figures["withoutPool"]));
    }

    [Fact]
    public void Lists_that_end_before_the_place_do_not_explore_and_are_counted()
    {
        var set = Gather();
        set.Candidates.Lengths[7] = 2;

        var outcome = Explore(set, SomeExploration.Options);

        Assert.DoesNotContain(set.Explored, row => row.User == 7);
        Assert.Equal((119.0, 1.0), (outcome.Figures["places"], outcome.Figures["tooShort"]));
    }

    [Fact]
    public void What_a_rule_put_into_the_place_stays_there_and_is_counted()
    {
        var lists = OpenLists(pin: 7, rank: 3);
        var (before, after) = (Gather(lists), Gather(lists));

        var outcome = new ListExplorer(SomeExploration.Options, lists, SomeRecipe.Shop, Seen, threads: 2)
            .Explore(after, CancellationToken.None);

        int[] pinned = [.. AllUsers.Where(user => before.Served(user)[2] == 7 && before.IsPlaced(user, 3))];
        Assert.NotEmpty(pinned);
        Assert.All(pinned, user => Assert.Equal(before.Served(user), after.Served(user)));
        Assert.Equal(AllUsers.Except(pinned), after.Explored.Select(row => row.User));
        Assert.Equal(pinned.Length, outcome.Figures["kept"]);
    }

    /// <summary>Rules say what is to be served, not what people like: a pinned item is not more likely to be drawn for it.</summary>
    [Fact]
    public void Rules_change_no_probability_and_draws_count_among_no_figures_of_lists()
    {
        var lists = OpenLists(pin: 7, rank: 1);
        var options = SomeExploration.Options with { PoolSize = SomeRecipe.Items };
        var (free, ruled) = (Gather(), Gather(lists));
        var figures = lists.Order!.Tally.Figures;
        for (int n = 0; n < SomeRecipe.Users; n++)
            ruled.Candidates.Items.AsSpan(n * Count, Count).Clear();
        free.Candidates.Items.AsSpan().Clear();

        Explore(free, options);
        new ListExplorer(options, lists, SomeRecipe.Shop, Seen, threads: 1).Explore(ruled, CancellationToken.None);

        Assert.Equal(free.Explored, ruled.Explored);
        Assert.Equal(figures, lists.Order.Tally.Figures);
    }

    static AllocationOutcome Explore(ListSet set, ExplorationOptions options, int threads = 2) =>
        new ListExplorer(options, Lists, SomeRecipe.Shop, Seen, threads).Explore(set, CancellationToken.None);

    static ListSet Gather(int[]? users = null) => Lists.SetOfAll(users ?? AllUsers, Seen, Count, Count, CancellationToken.None);

    static ListSet Gather(RecipeLists lists) => lists.SetOfAll(AllUsers, Seen, Count, Count, CancellationToken.None);

    /// <summary>The place that the blend gives an item of a pool; behind all others where it has none.</summary>
    static int RankOf(int user, int item, int[] pool)
    {
        int at = Lists.Top([user], Seen.Among(pool, SomeRecipe.Items), pool.Length).Candidates.ItemsOf(0).IndexOf(item);
        return at < 0 ? int.MaxValue : at;
    }

    static double Square(double value) => value * value;

    static RecipeLists OpenLists()
    {
        var data = SomeRecipe.Data(Recipe);
        return Recipe.Open(Recipe.Train(data, null, CancellationToken.None), data);
    }

    static RecipeLists OpenLists(int pin, int rank)
    {
        var data = SomeRecipe.Data(Recipe);
        var rule = new Rule { Action = RuleAction.Pin, Items = [SomeRecipe.Shop.Items.ToText(pin)], Value = rank };
        var ruled = new Recipe(Recipe.Options with { Rules = [rule] });
        return ruled.Open(ruled.Train(data, null, CancellationToken.None), data);
    }
}
