using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Weighing;

public sealed class ConfidencesTests
{
    static readonly WeighingOptions Options = new() { Events = [new EventWeight("view"), new EventWeight("buy") { Weight = 3 }] };

    [Theory]
    [InlineData(SaturationForm.Log, 1, 0.6931471805599453, 1.3862943611198906)]
    [InlineData(SaturationForm.Log, 2, 0.4054651081081644, 0.9162907318741551)]
    [InlineData(SaturationForm.Ratio, 1, 0.5, 0.75)]
    [InlineData(SaturationForm.Ratio, 3, 0.25, 0.5)]
    [InlineData(SaturationForm.Cap, 2, 1, 2)]
    public void Strengths_are_saturated_in_one_of_three_forms(SaturationForm form, double scale, double one, double three)
    {
        var snapshot = new SomeEvents(1, 2, "view", "buy").Add(0, 0).Add(0, 1, "buy").ToSnapshot();

        var weights = Weigher.Weigh(snapshot, Options with { SaturationForm = form, Saturation = scale }).UserItems.Weights;

        Assert.Equal(2 * one / (one + three), weights[0], 1e-6);
        Assert.Equal(2 * three / (one + three), weights[1], 1e-6);
    }

    [Fact]
    public void A_type_has_its_own_floor_and_the_others_that_of_the_options()
    {
        var options = Options with { Events = [new EventWeight("view") { Floor = 0.5 }, new EventWeight("buy")] };
        var snapshot = new SomeEvents(1, 2, "view", "buy").Add(0, 0, "view", 900).Add(0, 1, "buy", 900).ToSnapshot();

        Assert.Equal([0.5, 0.05], Strengths(snapshot, options).Strengths);
    }

    [Fact]
    public void Events_that_have_faded_are_dropped_and_counted()
    {
        var snapshot = new SomeEvents(1, 2, "view", "buy")
            .Add(0, 0, "view", 90).Add(0, 0, "view", 270).Add(0, 1, "buy", 360)
            .ToSnapshot();

        var weighted = Weigher.Weigh(snapshot, Options with { DropBelow = 0.1 });

        // A share of ½ stays; ⅛ stays too, and a sixteenth, however heavy its type, goes with its pair.
        Assert.Equal([0], weighted.UserItems.ColIndex);
        Assert.Equal([0.625], Strengths(snapshot, Options with { DropBelow = 0.1 }).Strengths);
        Assert.Equal(1, weighted.LeftOut[LeftOutReasons.Faded]);
        Assert.Equal([1, 1], weighted.DistinctUsers);
    }

    /// <summary>20 users view one item; user 0 views 99 others. The 19th of the sums in order, 95 % of them, is that of one item.</summary>
    [Fact]
    public void The_weights_of_a_user_far_more_active_than_the_rest_are_damped_by_the_root_of_the_excess()
    {
        var events = new SomeEvents(20, 100, "view", "buy");
        for (int user = 0; user < 20; user++)
            events.Add(user, 0);
        for (int item = 1; item < 100; item++)
            events.Add(0, item);

        var damped = Weigher.Weigh(events.ToSnapshot(), Options with { UserDamping = 0.5 }).UserItems;

        // Sums are 100 and nineteen times 1: user 0 gets 100 · (1 / 100)^½ = 10 beside 19, spread over 119 pairs.
        Assert.Equal(0.1 * 119 / 29, damped.Weights[50], 1e-5);
        Assert.Equal(1.0 * 119 / 29, damped.Weights[110], 1e-5);
        Assert.Equal(1, damped.Weights.Average(w => (double)w), 1e-6);
    }

    [Fact]
    public void Users_who_are_equally_active_are_not_damped()
    {
        var snapshot = new SomeEvents(3, 3, "view", "buy").Add(0, 0).Add(1, 1).Add(2, 2).ToSnapshot();

        Assert.Equal([1f, 1f, 1f], Weigher.Weigh(snapshot, Options with { UserDamping = 1 }).UserItems.Weights);
    }

    static PairStrengths Strengths(Snapshot snapshot, WeighingOptions options) => new(new SelectedEvents(snapshot, options), options);
}
