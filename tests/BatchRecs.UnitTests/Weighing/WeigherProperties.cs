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
