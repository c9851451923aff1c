using BatchRecs.Core.Data;
using BatchRecs.Core.Evaluation;
using BatchRecs.Core.Guarding;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;

namespace BatchRecs.UnitTests.Guarding;

/// <summary>A shop that grows, sells more at weekends and gets new items, refreshed every night with one definition.</summary>
public sealed class NightsSimulation
{
    const ulong Seed = 7;
    const int Days = 40;
    const int Users = 200;
    const int Nights = 100;
    const int Warmup = 5;
    const long Day = 86_400_000_000;

    static readonly string[] Types = ["buy", "view"];

    [Fact]
    public void Of_100_unchanged_nights_with_fresh_data_at_least_95_publish()
    {
        var nights = new List<Night>();
        int published = 0;
        for (int night = 0; night < Warmup + Nights; night++)
        {
            var now = Refresh(Days + night);
            var verdict = Judge(now, nights);
            if (night >= Warmup && verdict.Passed)
                published++;
            if (verdict.Passed)
                nights.Add(now);
        }

        Assert.InRange(published, 95, 100);
    }

    /// <summary>Shows that the guards are awake.</summary>
    [Fact]
    public void A_night_with_half_the_events_is_refused()
    {
        Night[] nights = [.. Enumerable.Range(0, 6).Select(night => Refresh(Days + night))];

        var verdict = Judge(Refresh(Days + 6, keepEvery: 2), nights);

        Assert.Contains("input.rows", verdict.Broken.Select(rule => rule.Name));
    }

    /// <summary>What the guards know of a night.</summary>
    /// <param name="Input">What its extract delivered.</param>
    /// <param name="Release">What was counted of its release.</param>
    /// <param name="Ndcg">Null on the nights that do not measure: by default a measurement holds for a week.</param>
    sealed record Night(InputFigures Input, ReleaseFigures Release, double? Ndcg);

    static GuardVerdict Judge(Night now, IReadOnlyList<Night> before)
    {
        Night[] last = [.. before.TakeLast(14).Reverse()];
        double[] measured = [.. before.Select(night => night.Ndcg).OfType<double>().TakeLast(14).Reverse()];
        return new GuardVerdict(
        [
            .. InputGuard.Check(now.Input, [.. last.Select(night => night.Input)], new InputLimits()),
            .. ControlGuard.Check(
                ControlGuard.FiguresOf(now.Release), [.. last.Select(night => ControlGuard.FiguresOf(night.Release))], new ControlLimits()),
            .. now.Ndcg is { } ndcg ? ControlGuard.Check(Figure(ndcg), [.. measured.Select(Figure)], new ControlLimits()) : [],
        ]);
    }

    static Dictionary<string, double> Figure(double ndcg) => new() { ["ndcg"] = ndcg };

    static Night Refresh(int day, int keepEvery = 1)
    {
        var snapshot = Snapshot(day, keepEvery);
        var recipe = new Recipe(Options());
        var data = new TrainingData(snapshot, recipe.Weigh(snapshot));
        var lists = new MainLists(
            recipe.Open(recipe.Train(data, null, CancellationToken.None), data),
            SeenItems.Build(snapshot, recipe.Options.Seen),
            count: 10,
            reasonDepth: 0,
            threads: 1);
        var tally = new ReleaseTally(snapshot.Items.Count, fullLength: 10, depth: 10);
        int[] users = [.. Enumerable.Range(0, snapshot.Users.Count)];
        tally.AddMain(lists.Build(users, CancellationToken.None), users.Length);
        return new Night(
            InputFigures.Of(snapshot, rejected: CounterRandom.Index(Seed, day, 9, 20), asOf: day * Day),
            tally.Figures(catalogue: CatalogueFacts.Of(snapshot, data.Weighted.DistinctUsers)),
            day % 7 == 0 ? Measure(recipe, snapshot) : null);
    }

    /// <summary>Returns NDCG@10 on the last ten days, of the recipe trained before them.</summary>
    static double Measure(Recipe recipe, Snapshot snapshot)
    {
        var split = new HoldoutRule(TimeSpan.FromDays(10)).Split(snapshot);
        var data = new TrainingData(split.Training, recipe.Weigh(split.Training));
        var truth = recipe.Truth(snapshot, split);
        var lists = recipe.Open(recipe.Train(data, null, CancellationToken.None), data)
            .TopOfAll(truth.Users, SeenItems.Build(split.Training, recipe.Options.Seen), 10, CancellationToken.None);
        return RankingMetrics.Of(lists, truth, [10])[0].Mean(RankingMetric.Ndcg);
    }

    static RecipeOptions Options()
    {
        var weighing = new WeighingOptions { Events = [new EventWeight("buy"), new EventWeight("view") { Weight = 0.3 }] };
        return new RecipeOptions
        {
            Weighing = weighing,
            Scorers =
            [
                new ScorerChoice("als", [new ScorerVariant("", new AlsScorer(new AlsOptions { Factors = 4, Iterations = 2 }))], 1),
                new ScorerChoice("recent", [new ScorerVariant("", new RecentScorer(7, weighing))], 1),
            ],
            Seen = new SeenRule(),
            Candidates = 30,
            Validation = new HoldoutRule(TimeSpan.FromDays(7)),
            Seed = 42,
            Threads = 1,
        };
    }

    /// <summary>Returns the events of the last 40 days before a day.</summary>
    static Snapshot Snapshot(int until, int keepEvery)
    {
        var builder = new SnapshotBuilder(Types);
        builder.Users.Declare(IdKind.Text, "test");
        builder.Items.Declare(IdKind.Text, "test");
        for (int day = until - Days; day < until; day++)
            for (int n = 0; n < EventsOf(day); n += keepEvery)
            {
                double Draw(int k) => CounterRandom.Uniform(Seed, (day * 1_000L) + n, k);
                int user = (int)(Draw(0) * Draw(1) * Users);
                // A new item every third day; the newer, the more wanted, and four tastes.
                int youngest = 60 + (day / 3);
                int item = Math.Max(0, youngest - (int)(-30 * Math.Log(1 - Draw(2))));
                item = Draw(3) < 0.8 ? item - (item % 4) + (user % 4) : item;
                builder.Add(
                    builder.Users.Add($"u{user:000}"),
                    builder.Items.Add($"i{item:000}"),
                    (byte)(Draw(4) < 0.3 ? 0 : 1),
                    Interactions.NoValue,
                    (long)((day + Draw(5)) * Day));
            }
        return builder.Build();
    }

    /// <summary>About 70 a day, a third more at weekends, half a per cent more each day, and a fifth up or down by chance.</summary>
    static int EventsOf(int day) => (int)(70
        * (day % 7 >= 5 ? 1.35 : 1)
        * Math.Pow(1.005, day)
        * (0.8 + (0.4 * CounterRandom.Uniform(Seed, day, 100))));
}
