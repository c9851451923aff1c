using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Weighing;

/// <summary>Events that say what a user does not want: dislikes, returns.</summary>
public sealed class NegativeEventsTests
{
    static readonly WeighingOptions Options = new()
    {
        Events =
        [
            new EventWeight("buy"),
            new EventWeight("return") { Weight = 3, IsNegative = true },
        ],
    };

    [Fact]
    public void A_pair_that_is_not_wanted_has_a_weight_and_the_target_zero()
    {
        var weighted = Weigher.Weigh(Shop().Add(0, 0, "buy").Add(0, 1, "return").ToSnapshot(), Options);

        // ln(1 + 3) / ln(1 + 1) = 2, against the mean of what is wanted.
        Assert.Equal([1f, 2f], weighted.UserItems.Weights);
        Assert.Equal([1f, 0f], weighted.UserItems.Targets!);
    }

    [Fact]
    public void What_is_not_wanted_changes_no_weight_of_what_is()
    {
        var wanted = Shop().Add(0, 0, "buy", 40).Add(0, 1, "buy").Add(1, 1, "buy", 9);
        float[] without = Weigher.Weigh(wanted.ToSnapshot(), Options).UserItems.Weights;

        var with = Weigher.Weigh(wanted.Add(1, 2, "return").ToSnapshot(), Options).UserItems;

        Assert.Equal(without, with.Weights[..3]);
        Assert.Equal(without, with.Targets![..3]);
    }

    [Fact]
    public void Without_negative_events_the_targets_are_the_weights() =>
        Assert.Null(Weigher.Weigh(Shop().Add(0, 0, "buy").Add(1, 1, "buy").ToSnapshot(), Options).UserItems.Targets);

    [Fact]
    public void Of_a_pair_the_latest_kind_of_event_wins()
    {
        var snapshot = Shop()
            .Add(0, 0, "buy", 9).Add(0, 0, "return", 8)
            .Add(1, 1, "return", 9).Add(1, 1, "buy", 8).Add(1, 1, "buy", 5)
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options);

        Assert.Equal([0f, 1f], weighted.UserItems.Targets!);
        Assert.Equal(2, weighted.LeftOut[LeftOutReasons.Overruled]);
    }

    /// <summary>Where times are dates nobody returns what is not yet bought.</summary>
    [Fact]
    public void At_one_instant_the_negative_event_is_the_later_one()
    {
        var snapshot = Shop().Add(0, 0, "buy").Add(0, 0, "return").Add(1, 1, "buy").ToSnapshot();

        Assert.Equal([false, false, true], new EventSigns(snapshot, Options.Events).Positives());
    }

    [Fact]
    public void A_negative_event_below_its_minimum_value_says_nothing()
    {
        var options = Options with { Events = [new EventWeight("buy"), new EventWeight("return") { IsNegative = true, MinValue = 2 }] };
        var snapshot = Shop().Add(0, 0, "buy", 9).Add(0, 0, "return", 8, value: 1).ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, options);

        Assert.Null(weighted.UserItems.Targets);
        Assert.Equal([1, 0, 0], weighted.DistinctUsers);
    }

    [Fact]
    public void Popularity_never_counts_what_was_returned()
    {
        var snapshot = Shop().Add(0, 0, "buy", 9).Add(0, 0, "return", 8).Add(1, 0, "buy").Add(1, 1, "return").ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options);

        Assert.Equal([1, 0, 0], weighted.DistinctUsers);
        Assert.Equal([1, 0, 0], weighted.Popularity);
    }

    [Fact]
    public void The_limit_of_items_per_user_keeps_what_is_wanted_first()
    {
        var snapshot = Shop().Add(0, 0, "buy", 300).Add(0, 1, "return").Add(0, 2, "return").ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options with { MaxItemsPerUser = 2 });

        Assert.Equal([0, 1], weighted.UserItems.ColIndex);
    }

    [Fact]
    public void Negative_events_alone_are_nothing_to_learn_from()
    {
        var snapshot = Shop().Add(0, 0, "return").ToSnapshot();

        Assert.Throws<InputDataException>(() => Weigher.Weigh(snapshot, Options));
    }

    [Fact]
    public void What_was_returned_counts_as_seen()
    {
        var snapshot = Shop().Add(0, 0, "buy", 9).Add(0, 0, "return", 8).Add(0, 2, "return").ToSnapshot();

        Assert.Equal([0, 2], SeenItems.Build(snapshot, new SeenRule()).Of(0).ToArray());
    }

    /// <summary>Taken and returned in the test period: a list that proposed it would not have pleased.</summary>
    [Fact]
    public void A_test_item_that_is_returned_is_none_and_one_that_is_bought_after_a_return_is_one()
    {
        var snapshot = Shop()
            .Add(0, 1, "buy", 20).Add(1, 0, "buy", 20).Add(1, 2, "buy", 20)
            .Add(0, 0, "buy", 3).Add(0, 0, "return", 2)
            .Add(0, 2, "return", 3).Add(0, 2, "buy", 2)
            .ToSnapshot();

        var truth = TemporalSplit.ByDuration(snapshot, TimeSpan.FromDays(10))
            .Truth(new EventSigns(snapshot, Options.Events).Positives(), repeats: false);

        Assert.Equal([0], truth.Users);
        Assert.Equal([2], truth.Of(0).ToArray());
    }

    [Fact]
    public void What_was_returned_is_not_proposed_to_be_bought_again()
    {
        var snapshot = Shop().Add(0, 0, "buy", 9).Add(0, 0, "return", 8).Add(0, 1, "buy", 5).Add(0, 2, "return").ToSnapshot();
        var lists = new CandidateBlock(1, 3);

        new AgainList(snapshot, TimeSpan.FromDays(30), signs: new EventSigns(snapshot, Options.Events))
            .Top([0], Exclusions.None(2), lists);

        Assert.Equal([1], lists.ItemsOf(0).ToArray());
    }

    static SomeEvents Shop() => new(2, 3, "buy", "return");
}
