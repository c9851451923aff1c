using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>A small shop with planted taste, and recipes for it.</summary>
static class SomeRecipe
{
    public const int Users = 120;
    public const int Items = 40;

    public static WeighingOptions Weighing { get; } = new() { Events = [new EventWeight("buy")] };

    /// <summary>Gets the events of 100 days: a user takes nine of ten items out of the own half of the items.</summary>
    public static Snapshot Shop { get; } = Generate();

    public static ScorerChoice Als(double? weight = 1) =>
        new("als", [new ScorerVariant("", new AlsScorer(new AlsOptions { Factors = 8, Iterations = 4 }))], weight);

    public static ScorerChoice Recent(double? weight = 1, params double[] halfLives) => new(
        "recent",
        [.. halfLives.DefaultIfEmpty(7).Select(days => new ScorerVariant($"half-life {days} d", new RecentScorer(days, Weighing)))],
        weight);

    public static Recipe Of(params ScorerChoice[] scorers) => new(new RecipeOptions
    {
        Weighing = Weighing,
        Scorers = scorers,
        Seen = new SeenRule(),
        Candidates = 30,
        Validation = new HoldoutRule(TimeSpan.FromDays(14)),
        Seed = 42,
        Threads = 2,
    });

    /// <summary>Measures the last 14 of the 100 days, beside popularity.</summary>
    public static RecipeEvaluationOptions Measuring(AgainRule? again = null, params ComparedRecipe[] compared) => new()
    {
        Holdout = new HoldoutRule(TimeSpan.FromDays(14)),
        At = [5, 10],
        Baselines = [new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(Weighing))], 1)],
        Again = again,
        Compared = compared,
    };

    public static TrainingData Data(Recipe recipe) => new(Shop, recipe.Weigh(Shop));

    static Snapshot Generate()
    {
        var events = new SomeEvents(Users, Items, "buy");
        for (int user = 0; user < Users; user++)
            for (int n = 0; n < 12; n++)
            {
                double Draw(int k) => CounterRandom.Uniform(3, user, (n * 4) + k);
                int half = Draw(0) < 0.9 ? user % 2 : 1 - (user % 2);
                events.Add(user, ((int)(Draw(1) * (Items / 2)) * 2) + half, "buy", ageDays: Draw(2) * 100);
            }
        // Every user and item has an event, as in every real snapshot; the newest is the shop's.
        for (int item = 0; item < Items; item++)
            events.Add(item, item, "buy", ageDays: item);
        return events.ToSnapshot();
    }
}
