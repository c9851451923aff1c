using BatchRecs.Core.Allocating;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Ranking;

namespace BatchRecs.UnitTests.Allocating;

public sealed class CoverageAllocatorTests
{
    /// <summary>Three users of one factor, 1, 2 and 3; items 0 … 4 score 1, 0.9, 0.8, 0.5 and 0.4 times that.</summary>
    static readonly FactorScores Factors = new([1, 2, 3], [1, 0.9f, 0.8f, 0.5f, 0.4f], 1);

    [Fact]
    public void An_item_takes_the_last_rank_of_the_list_that_loses_least_by_it()
    {
        var lists = SomeLists.Of(2, [0, 1, 2], [0, 1, 2], [0, 1, 2]);

        var outcome = Run(lists, new CoverageOptions { Share = 0.6, Depth = 2, Turns = 1 });

        // The list of the first user loses 0.9 − 0.8, the others twice and three times that.
        Assert.Equal([[0, 2], [0, 1], [0, 1]], SomeLists.Served(lists));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 0], lists.Sources);
        Assert.Equal(0.1, outcome.Figures["predictedLoss"], tolerance: 1e-6);
        Assert.Equal("coverage@2 40.0 % → 60.0 %, 1 places changed, predicted loss 0.877 %", outcome.Note);
        Assert.Null(outcome.Shortfall);
    }

    [Fact]
    public void Items_that_want_the_same_list_go_to_others_by_their_loss()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);

        Run(lists, new CoverageOptions { Share = 0.8, Depth = 2, Turns = 1 });

        // Item 2 is the cheapest on list 0; then item 3 on list 1 costs 0.8. The last place of item 1 is kept.
        Assert.Equal([[0, 2], [0, 3], [0, 1]], SomeLists.Served(lists));
    }

    [Fact]
    public void What_cannot_be_reached_is_reached_as_far_as_it_can_be_and_said()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);

        var outcome = Run(lists, new CoverageOptions { Share = 1, Depth = 2, Turns = 1 });

        Assert.Equal(0.8, outcome.Figures["coverageAfter"]);
        Assert.Equal(
            "80.0 % of 5 items can be on 1 lists or more within the first 2 ranks, 100.0 % were asked for: 0 items have no factors, "
            + "and the lists can give up 3 places. Lower the share of precompute.allocate's coverage to 0.8 or less, lower its minUsers, "
            + "or raise its slots.",
            outcome.Shortfall);
    }

    [Fact]
    public void More_slots_reach_more()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);

        var outcome = Run(lists, new CoverageOptions { Share = 1, Depth = 2, Slots = 2, Turns = 1 });

        Assert.Null(outcome.Shortfall);
        Assert.Equal([0, 1, 2, 3, 4], SomeLists.Served(lists).SelectMany(list => list).Distinct().Order());
    }

    [Fact]
    public void An_item_further_down_moves_up_and_ranks_between_stay()
    {
        var lists = SomeLists.Of(4, [0, 1, 2, 3], [0, 1, 3, 2], [0, 1, 2, 4]);

        Run(lists, new CoverageOptions { Share = 0.6, Depth = 2, Turns = 1 });

        Assert.Equal([[0, 2, 1, 3], [0, 1, 3, 2], [0, 1, 2, 4]], SomeLists.Served(lists));
    }

    [Fact]
    public void Nobody_gets_an_item_that_was_seen_and_nobody_an_ineligible_one()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);
        // User 0 has seen item 2; item 4 is for nobody.
        var exclusions = new Exclusions([0, 1, 1, 1], [2], [false, false, false, false, true]);

        var outcome = Run(lists, new CoverageOptions { Share = 1, Depth = 2, Turns = 1 }, exclusions);

        Assert.Equal([[0, 3], [0, 2], [0, 1]], SomeLists.Served(lists));
        Assert.Equal(1, outcome.Figures["coverageAfter"]);
    }

    [Fact]
    public void Items_and_users_without_factors_are_left_out_and_such_items_are_named()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);
        var factors = new FactorScores([0, 2, 3], [1, 0.9f, 0.8f, 0, 0.4f], 1);

        var outcome = Run(lists, new CoverageOptions { Share = 0.6, Depth = 2, Turns = 1 }, factors: factors);

        Assert.Equal([[0, 1], [0, 2], [0, 1]], SomeLists.Served(lists));
        Assert.EndsWith("; 1 items without factors cannot be placed: 3", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_lists_per_item_are_found_for_the_whole_item_or_not_at_all()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]);
        var factors = new FactorScores([1, 2, 3, 4, 5], [1, 0.9f, 0.8f, 0.5f], 1);

        var outcome = Run(lists, new CoverageOptions { Share = 1, MinUsers = 2, Depth = 2, Turns = 1 }, factors: factors);

        // Item 1 keeps two of its five places, so three can go, and two items need four.
        Assert.Equal([[0, 2], [0, 2], [0, 1], [0, 1], [0, 1]], SomeLists.Served(lists));
        Assert.Equal(0.75, outcome.Figures["coverageAfter"]);
        Assert.NotNull(outcome.Shortfall);
    }

    [Fact]
    public void A_place_that_something_else_than_a_scorer_filled_is_not_given_up()
    {
        var lists = SomeLists.Of(2, [0, 1], [0, 1], [0, 1]);
        lists.Place(0, rank: 2, item: 1, lists.SourceOf("pin"), proposers: 0);

        Run(lists, new CoverageOptions { Share = 0.6, Depth = 2, Turns = 1 });

        Assert.Equal([[0, 1], [0, 2], [0, 1]], SomeLists.Served(lists));
    }

    [Fact]
    public void A_share_that_is_reached_already_changes_nothing()
    {
        var lists = SomeLists.Of(2, [0, 1], [2, 1], [3, 1]);

        var outcome = Run(lists, new CoverageOptions { Share = 0.8, Depth = 2 });

        Assert.Equal([[0, 1], [2, 1], [3, 1]], SomeLists.Served(lists));
        Assert.Equal(0, outcome.Figures["places"]);
    }

    [Fact]
    public void A_job_without_factors_is_told_what_it_lacks()
    {
        var lists = SomeLists.Of(2, [0, 1]);
        var context = SomeLists.Context(users: 1, items: 2);

        var error = Assert.Throws<ConfigurationException>(
            () => new CoverageAllocator(new CoverageOptions()).Allocate(lists, context, CancellationToken.None));

        Assert.Contains("add als to scorers", error.Message, StringComparison.Ordinal);
    }

    static AllocationOutcome Run(ListSet lists, CoverageOptions options, Exclusions? exclusions = null, FactorScores? factors = null)
    {
        factors ??= Factors;
        var context = SomeLists.Context(lists.Users.Length, factors.Items.RowCount, exclusions, factors);
        return new CoverageAllocator(options).Allocate(lists, context, CancellationToken.None);
    }
}
