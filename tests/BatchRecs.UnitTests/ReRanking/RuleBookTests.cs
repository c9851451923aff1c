using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.ReRanking;

namespace BatchRecs.UnitTests.ReRanking;

/// <summary>Rules applied to lists of items 0 to 9, of which the even ones are of category e and the odd ones of o.</summary>
public sealed class RuleBookTests
{
    static readonly Snapshot Snapshot = SomeItems.Data([.. Enumerable.Range(0, 10).Select(item => item % 2 == 0 ? "e" : "o")], [[0], [0]])
        .Data.Snapshot;

    /// <summary>User 1 is in the club.</summary>
    static readonly RuleData Club = new() { Rows = [], SegmentNames = ["club"], Members = [[1]] };

    [Fact]
    public void A_pin_stands_at_its_rank_and_the_others_keep_their_order() =>
        Assert.Equal([5, 6, 9, 7], Lists([5, 6, 7, 8], [Pin(3, "9")]));

    [Fact]
    public void A_pinned_candidate_stands_only_where_it_is_pinned() => Assert.Equal([8, 5, 6, 7], Lists([5, 6, 7, 8], [Pin(1, "8")]));

    [Fact]
    public void Several_pins_take_the_free_ranks_from_theirs_on_in_the_order_of_the_rules() =>
        Assert.Equal([4, 1, 2, 3], Lists([5, 6, 7, 8], [Pin(2, "1", "2"), Pin(1, "4"), Pin(2, "3")]));

    [Fact]
    public void A_pin_below_the_end_of_the_list_is_left_out() => Assert.Equal([5, 6, 7, 1], Lists([5, 6, 7, 8], [Pin(4, "1", "2")]));

    [Fact]
    public void A_pin_lengthens_a_list_that_is_short_of_candidates() => Assert.Equal([5, 1], Lists([5], [Pin(3, "1")]));

    [Fact]
    public void A_list_without_candidates_stays_empty() => Assert.Empty(Lists([], [Pin(1, "1")]));

    [Fact]
    public void A_pin_of_a_category_is_the_best_candidate_of_it() =>
        Assert.Equal([6, 5, 7, 8], Lists([5, 6, 7, 8], [new Rule { Action = RuleAction.Pin, Category = "e", Value = 1 }]));

    [Fact]
    public void An_item_that_the_user_may_not_get_is_not_pinned()
    {
        bool[] ineligible = new bool[10];
        ineligible[2] = true;
        int[] rowPtr = [0, 1, 1, 1];

        var list = Applied([5, 6, 7, 8], [Pin(1, "1", "2", "3")], user: 0, exclusions: new Exclusions(rowPtr, [1], ineligible));

        Assert.Equal([3, 5, 6, 7], list.Items[..4]);
    }

    [Fact]
    public void What_no_event_names_is_left_out() => Assert.Equal([5, 6, 7, 8], Lists([5, 6, 7, 8], [Pin(1, "10", "x")]));

    /// <summary>Scores 4, 3, 2, 1: twice 1 is 2, behind the 2 that stands above; three times 2 is 6.</summary>
    [Fact]
    public void A_boost_multiplies_the_scores_of_places()
    {
        Assert.Equal([5, 6, 7, 8], Lists([5, 6, 7, 8], [Boost(2, "8")]));
        Assert.Equal([7, 5, 6, 8], Lists([5, 6, 7, 8], [Boost(3, "7")]));
    }

    [Fact]
    public void Factors_of_several_rules_are_multiplied() =>
        Assert.Equal([5, 8, 6, 7], Lists([5, 6, 7, 8], [Boost(2, "8"), Boost(1.75, "8")]));

    [Fact]
    public void What_is_buried_with_a_factor_of_zero_stands_behind_all_others() => Assert.Equal(
        [6, 8, 5, 7], Lists([5, 6, 7, 8], [new Rule { Action = RuleAction.Bury, Category = "o", Value = 0 }]));

    [Fact]
    public void Scores_stay_with_the_ranks()
    {
        var list = Applied([5, 6, 7, 8], [Boost(9, "8"), Pin(2, "1")]);

        Assert.Equal([8, 1, 5, 6], list.Items);
        Assert.Equal([4, 3, 2, 1], list.Scores);
        Assert.Equal([3, Shortlist.PinnedOrigin, 0, 1], list.Origins);
    }

    [Fact]
    public void A_rule_of_a_segment_is_for_its_users_alone()
    {
        Rule[] rules = [Pin(1, "1") with { Segment = "club" }, Boost(9, "8")];

        Assert.Equal([8, 5, 6, 7], Applied([5, 6, 7, 8], rules, user: 0, asked: Club).Items);
        Assert.Equal([1, 8, 5, 6], Applied([5, 6, 7, 8], rules, user: 1, asked: Club).Items);
    }

    [Fact]
    public void Before_the_warehouse_is_asked_rules_with_a_segment_or_a_query_do_nothing()
    {
        Rule[] rules = [Pin(1, "1") with { Segment = "club" }, new Rule { Action = RuleAction.Boost, Value = 2 }];

        var book = RuleBook.Open(rules, Snapshot, null);

        Assert.True(book.IsEmpty);
    }

    [Fact]
    public void Rows_of_a_query_stand_in_the_order_of_their_rule()
    {
        Rule[] rules = [new Rule(), Pin(1, "4")];
        var asked = Club with
        {
            Rows = [new RuleRow(0, 2, RuleAction.Pin, 1, -1), new RuleRow(0, 8, RuleAction.Boost, 9, 0)],
        };

        Assert.Equal([2, 4, 5, 6], Applied([5, 6, 7, 8], rules, user: 0, asked: asked).Items);
        Assert.Equal([2, 4, 8, 5], Applied([5, 6, 7, 8], rules, user: 1, asked: asked).Items);
    }

    [Fact]
    public void Blocked_items_are_for_nobody_or_for_nobody_of_the_segment()
    {
        Rule[] rules =
        [
            new Rule { Action = RuleAction.Block, Items = ["3"] },
            new Rule { Action = RuleAction.Block, Category = "e", Segment = "club" },
        ];
        var before = ExclusionLists.Of(3, 10, null, new HashSet<(int, int)> { (1, 9), (0, 7) }, unknownRows: 2);

        var blocked = RuleEntries.Blocked(before, rules, Snapshot, Club);

        Assert.Equal([3], Enumerable.Range(0, 10).Where(item => blocked.Ineligible![item]));
        Assert.Equal([7], blocked.Of(0));
        Assert.Equal([0, 2, 4, 6, 8, 9], blocked.Of(1));
        Assert.Empty(blocked.Of(2).ToArray());
        Assert.Equal(2, blocked.UnknownRows);
    }

    /// <summary>A category for most users is more pairs than memory would hold one by one.</summary>
    [Fact]
    public void More_pairs_than_can_be_kept_are_refused_and_it_says_how_many()
    {
        int[] many = [.. Enumerable.Range(0, 50_000)];

        var refused = Assert.Throws<ConfigurationException>(
            () => ExclusionLists.None(50_000).With(new HashSet<int>(), [(many, many)], itemCount: 50_000));

        Assert.Contains("2500000000 pairs", refused.Message);
    }

    [Fact]
    public void Without_blocks_the_exclusions_stay_as_they_are()
    {
        var before = ExclusionLists.None(3);

        Assert.Same(before, RuleEntries.Blocked(before, [Pin(1, "1")], Snapshot, Club));
    }

    static Rule Pin(int rank, params string[] items) => new() { Action = RuleAction.Pin, Items = items, Value = rank };

    static Rule Boost(double factor, params string[] items) => new() { Action = RuleAction.Boost, Items = items, Value = factor };

    static int[] Lists(int[] items, Rule[] rules) => Applied(items, rules).Items[..].ToArray();

    /// <summary>Applies rules to a list whose scores fall by one from the number of its items; the finished list has four ranks.</summary>
    static Shortlist Applied(int[] items, Rule[] rules, int user = 0, Exclusions? exclusions = null, RuleData? asked = null)
    {
        var list = new Shortlist();
        list.Load(user, items, [.. items.Select((_, k) => (float)(items.Length - k))], 4);
        RuleBook.Open(rules, Snapshot, asked).Apply(list, exclusions ?? Exclusions.None(3));
        return list;
    }
}
