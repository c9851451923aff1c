using BatchRecs.Core.Numerics;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;
using FsCheck.Fluent;

namespace BatchRecs.UnitTests.Weighing;

public sealed class WeigherProperties
{
    static readonly WeighingOptions Options = new() { Events = [new EventWeight("click") { Weight = 2 }, new EventWeight("view")] };

    [Fact]
    public void Weights_have_mean_one_and_lie_within_a_factor_of_a_hundred()
    {
        Law.Holds(Gen.Choose(0, 10_000), seed =>
        {
            var weights = Weigher.Weigh(Draw(seed, Enumerable.Range(0, 200)), Options).UserItems.Weights;

            return Math.Abs(weights.Average(w => (double)w) - 1) < 1e-6 && weights.Max() <= 100.001 * weights.Min();
        }, tests: 100);
    }

    [Fact]
    public void The_order_in_which_events_arrive_changes_nothing()
    {
        Law.Holds(Gen.Choose(0, 10_000), seed =>
        {
            var forwards = Weigher.Weigh(Draw(seed, Enumerable.Range(0, 200)), Options);
            var backwards = Weigher.Weigh(Draw(seed, Enumerable.Range(0, 200).Reverse()), Options);

            return forwards.UserItems.Weights.SequenceEqual(backwards.UserItems.Weights)
                && forwards.UserItems.ColIndex.SequenceEqual(backwards.UserItems.ColIndex)
                && forwards.Popularity.SequenceEqual(backwards.Popularity);
        }, tests: 100);
    }

    [Fact]
    public void Scaling_all_event_weights_and_the_saturation_changes_nothing()
    {
        Law.Holds(Gen.Choose(0, 10_000), seed =>
        {
            var snapshot = Draw(seed, Enumerable.Range(0, 200));
            var scaled = Options with { Saturation = 10, Events = [.. Options.Events.Select(e => e with { Weight = 10 * e.Weight })] };

            var weights = Weigher.Weigh(snapshot, Options).UserItems.Weights;
            var scaledWeights = Weigher.Weigh(snapshot, scaled).UserItems.Weights;

            return weights.Zip(scaledWeights).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        }, tests: 100);
    }

    [Fact]
    public void With_every_option_the_wanted_have_mean_one_the_unwanted_target_zero_and_order_changes_nothing()
    {
        var forms = from form in Gen.Elements(SaturationForm.Log, SaturationForm.Ratio, SaturationForm.Cap)
                    from seed in Gen.Choose(0, 10_000) select (form, seed);
        Law.Holds(forms, test =>
        {
            var options = new WeighingOptions
            {
                Events = [new EventWeight("click") { Weight = 2, IsNegative = true, Floor = 0.2 }, new EventWeight("view")],
                SaturationForm = test.form,
                DropBelow = 0.06,
                UserDamping = 0.5,
                PropensityTraining = 0.25,
            };

            var entries = Weigher.Weigh(Draw(test.seed, Enumerable.Range(0, 200)), options).UserItems;
            var backwards = Weigher.Weigh(Draw(test.seed, Enumerable.Range(0, 200).Reverse()), options).UserItems;

            float[] wanted = [.. entries.Targets!.Where(target => target > 0)];
            return Math.Abs(wanted.Average(w => (double)w) - 1) < 1e-6
                && entries.Weights.Zip(entries.Targets!).All(pair => pair.First > 0 && (pair.Second == 0 || pair.Second == pair.First))
                && wanted.Length < entries.EntryCount
                && backwards.Weights.SequenceEqual(entries.Weights)
                && backwards.Targets!.SequenceEqual(entries.Targets!);
        }, tests: 60);
    }

    static Core.Data.Snapshot Draw(int seed, IEnumerable<int> order)
    {
        var events = new SomeEvents(12, 15, "click", "view");
        foreach (int n in order)
            events.Add(
                CounterRandom.Index((ulong)seed, n, 0, 12),
                CounterRandom.Index((ulong)seed, n, 1, 15),
                CounterRandom.Index((ulong)seed, n, 2, 2) == 0 ? "click" : "view",
                600 * CounterRandom.Uniform((ulong)seed, n, 3));
        return events.ToSnapshot();
    }
}
