using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Weighing;

public sealed class WeigherTests
{
    static readonly WeighingOptions Options = new()
    {
        Events =
        [
            new EventWeight("view") { HalfLifeDays = 30 },
            new EventWeight("purchase") { Weight = 8, HalfLifeDays = 180 },
        ],
    };

    [Fact]
    public void Ten_events_give_the_weights_computed_by_hand()
    {
        var snapshot = new SomeEvents(3, 3, "other", "purchase", "view")
            .Add(0, 0).Add(0, 0, ageDays: 30)
            .Add(0, 1, "purchase", 180).Add(0, 1, ageDays: 300)
            .Add(1, 0, "purchase")
            .Add(1, 2, ageDays: 60).Add(1, 2, ageDays: 59.75)
            .Add(2, 2, ageDays: 30).Add(2, 0, "other").Add(2, 2, "purchase", 360)
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options);

        // r = 1 + ½, 4 + floor, 8, 2^(−59.75 / 30) (the later of two on one day), ½ + 2.
        Assert.Equal([0, 2, 4, 5], weighted.UserItems.RowPtr);
        Assert.Equal([0, 1, 0, 2, 2], weighted.UserItems.ColIndex);
        AssertEqual([0.7377580, 1.3038620, 1.7691110, 0.1805979, 1.0086710], weighted.UserItems.Weights);
        Assert.Equal([2, 1, 2], weighted.DistinctUsers);
        Assert.Equal(9.0512710, weighted.Popularity[0], 1e-6);
        Assert.Equal(0.0539656, weighted.Popularity[2], 1e-6);
        Assert.Equal([1, Math.Sqrt(2 / 3.0), 1], weighted.Propensities);
        Assert.Equal(3.8915777, weighted.EffectiveSampleSize, 1e-6);
        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.UnknownType]);
        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.Repeated]);
        Assert.Equal(2, weighted.LeftOut.Count);
    }

    [Fact]
    public void An_event_counts_half_at_its_half_life_and_never_less_than_the_floor()
    {
        var snapshot = new SomeEvents(1, 4, "view")
            .Add(0, 0).Add(0, 1, ageDays: 30).Add(0, 2, ageDays: 60).Add(0, 3, ageDays: 700)
            .ToSnapshot();

        var pairs = Strengths(snapshot, Options);

        Assert.Equal([1, 0.5, 0.25, 0.05], pairs.Strengths);
    }

    [Fact]
    public void An_event_without_a_half_life_never_fades()
    {
        var options = Options with { Events = [new EventWeight("view") { HalfLifeDays = double.PositiveInfinity }] };
        var snapshot = new SomeEvents(1, 1, "view").Add(0, 0, ageDays: 700).ToSnapshot();

        Assert.Equal([1], Strengths(snapshot, options).Strengths);
    }

    [Fact]
    public void Only_the_latest_events_of_a_user_and_item_count()
    {
        var snapshot = new SomeEvents(1, 2, "view").Add(0, 1)
            .Add(0, 0, ageDays: 0).Add(0, 0, ageDays: 30).Add(0, 0, ageDays: 60).Add(0, 0, ageDays: 90)
            .ToSnapshot();

        var pairs = Strengths(snapshot, Options with { MaxPerPair = 2 });
        var weighted = Weigher.Weigh(snapshot, Options with { MaxPerPair = 2 });

        Assert.Equal([1.5, 1], pairs.Strengths);
        Assert.Equal(2, weighted.LeftOut[LeftOutReasons.OverPairLimit]);
    }

    [Fact]
    public void Only_the_heaviest_items_of_a_user_count_and_ties_go_to_the_lower_item()
    {
        var snapshot = new SomeEvents(2, 4, "view", "purchase")
            .Add(0, 0, ageDays: 30).Add(0, 1).Add(0, 2).Add(0, 3, "purchase")
            .Add(1, 0)
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options with { MaxItemsPerUser = 2 });

        Assert.Equal([1, 3, 0], weighted.UserItems.ColIndex);
        Assert.Equal(2, weighted.LeftOut[LeftOutReasons.OverUserLimit]);
        Assert.Equal([2, 1, 1, 1], weighted.DistinctUsers);
    }

    [Fact]
    public void Events_below_the_minimum_value_or_without_a_value_are_left_out()
    {
        var options = Options with { Events = [new EventWeight("rating") { MinValue = 4 }] };
        var snapshot = new SomeEvents(1, 4, "rating")
            .Add(0, 0, "rating", value: 3.9f).Add(0, 1, "rating", value: 4).Add(0, 2, "rating", value: 9).Add(0, 3, "rating")
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, options);

        Assert.Equal([1, 2], weighted.UserItems.ColIndex);
        Assert.Equal([1f, 1f], weighted.UserItems.Weights);
        Assert.Equal(2, weighted.LeftOut[LeftOutReasons.BelowMinimum]);
        Assert.Equal([0, 1, 1, 0], weighted.DistinctUsers);
    }

    [Fact]
    public void A_quantity_enters_by_its_logarithm_and_a_missing_one_as_one()
    {
        var options = Options with { Events = [new EventWeight("purchase") { Value = ValueUse.Log1p }] };
        var snapshot = new SomeEvents(1, 3, "purchase")
            .Add(0, 0, "purchase", value: 99).Add(0, 1, "purchase", value: -5).Add(0, 2, "purchase")
            .ToSnapshot();

        Assert.Equal([Math.Log(100), 0, 1], Strengths(snapshot, options).Strengths);
    }

    [Fact]
    public void A_rating_enters_by_how_far_it_lies_above_the_mean_of_its_user()
    {
        var options = Options with { Events = [new EventWeight("rating") { Value = ValueUse.Rating, MinValue = 3 }] };
        var snapshot = new SomeEvents(2, 4, "rating")
            .Add(0, 0, "rating", value: 1).Add(0, 1, "rating", value: 3).Add(0, 2, "rating", value: 5)
            .Add(1, 0, "rating", value: 4).Add(1, 3, "rating", value: 4)
            .ToSnapshot();

        // User 0 has mean 3, user 1 mean 4, the range is 4; what lies below the minimum shapes mean and range all the same.
        Assert.Equal([0, 0.5, 0, 0], Strengths(snapshot, options).Strengths);
    }

    [Fact]
    public void Where_no_rating_stands_out_all_pairs_weigh_the_same()
    {
        var options = Options with { Events = [new EventWeight("rating") { Value = ValueUse.Rating }] };
        var snapshot = new SomeEvents(2, 2, "rating")
            .Add(0, 0, "rating", value: 2).Add(0, 1, "rating", value: 2).Add(1, 0, "rating", value: 5)
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, options);

        Assert.Equal([1f, 1f, 1f], weighted.UserItems.Weights);
    }

    [Fact]
    public void A_day_is_a_local_day()
    {
        // 23:30 and 00:30 UTC are 00:30 and 01:30 of one day in Berlin.
        long evening = SomeEvents.Until - 25 * SomeEvents.MicrosecondsPerDay / 48;
        var snapshot = new SomeEvents(1, 1, "view")
            .AddAt(0, 0, "view", evening).AddAt(0, 0, "view", evening + SomeEvents.MicrosecondsPerDay / 24)
            .ToSnapshot();
        var berlin = Options with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Assert.Equal(2, new SelectedEvents(snapshot, Options).Rows.Length);
        Assert.Equal([1], new SelectedEvents(snapshot, berlin).Rows.ToArray());
    }

    [Fact]
    public void Events_of_types_without_weight_are_not_learnt_from()
    {
        var options = Options with { Events = [new EventWeight("view"), new EventWeight("return") { Weight = 0 }] };
        var snapshot = new SomeEvents(1, 2, "return", "view").Add(0, 0).Add(0, 1, "return").ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, options);

        Assert.Equal([0], weighted.UserItems.ColIndex);
        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.NoWeight]);
    }

    [Fact]
    public void Nothing_to_learn_from_is_an_error_that_says_why()
    {
        var snapshot = new SomeEvents(1, 1, "click").Add(0, 0, "click").ToSnapshot();

        var error = Assert.Throws<InputDataException>(() => Weigher.Weigh(snapshot, Options));

        Assert.Equal(
            "None of the 1 events can be learnt from (unknown event type: 1). "
            + "Look at the event names, weights and minimum values of the job.",
            error.Message);
    }

    [Fact]
    public void Propensities_in_training_lift_rare_items_and_keep_the_mean()
    {
        var events = new SomeEvents(5, 2, "view");
        for (int user = 0; user < 5; user++)
            events.Add(user, 0);
        var snapshot = events.Add(0, 1).ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options with { PropensityTraining = 0.5 });

        // p = (6 / 6)^½ and (2 / 6)^½, so the rare item weighs 3^¼ times the other.
        double lift = Math.Pow(3, 0.25);
        AssertEqual([6 / (5 + lift), 6 * lift / (5 + lift)], weighted.UserItems.Weights[..2]);
        Assert.Equal(1, weighted.UserItems.Weights.Average(w => (double)w), 1e-6);
    }

    [Fact]
    public void No_propensity_lifts_an_item_more_than_twentyfold()
    {
        Assert.Equal(20, Propensities.TrainingFactor(0.01, 1));
        Assert.Equal(4, Propensities.TrainingFactor(0.0625, 0.5));
        Assert.Equal(1, Propensities.TrainingFactor(0.01, 0));
    }

    static PairStrengths Strengths(Snapshot snapshot, WeighingOptions options) => new(new SelectedEvents(snapshot, options), options);

    static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int n = 0; n < expected.Length; n++)
            Assert.Equal(expected[n], actual[n], 1e-6);
    }
}
