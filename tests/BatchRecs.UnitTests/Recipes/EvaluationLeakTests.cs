using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;

namespace BatchRecs.UnitTests.Recipes;

/// <summary>
/// Nothing that an evaluation fits has seen an event at or after T1: whatever stands there, every array has the same bits.
/// </summary>
public sealed class EvaluationLeakTests
{
    const int Users = 300;
    const int Items = 80;
    const long Hour = 3_600_000_000;
    const long Days = 120;
    const ulong Seed = 11;

    /// <summary>The newest moment, and the start of the test period of 20 days.</summary>
    const long Until = Days * 24 * Hour;
    const long TestFrom = Until - (20 * 24 * Hour);

    static readonly string[] Types = ["buy", "rate", "view"];
    static readonly Row[] Shop = [.. Generate()];

    [Fact]
    public void What_stands_in_the_test_period_changes_no_array_of_the_fit()
    {
        var expected = Fingerprint(Fit(Shop));

        for (ulong scramble = 1; scramble <= 3; scramble++)
            Assert.Equal(expected, Fingerprint(Fit(Scramble(scramble))));
    }

    /// <summary>Indices follow the sorted ids, so ids that only the test period has must not shift those of training.</summary>
    [Fact]
    public void New_users_and_items_that_sort_before_all_others_change_no_array_of_the_fit()
    {
        Row[] more = [.. Enumerable.Range(0, 200).Select(n => new Row($"!user{n}", n % 2 == 0 ? "!item" : "i00", "buy", 1, TestFrom + n))];

        Assert.Equal(Fingerprint(Fit(Shop)), Fingerprint(Fit([.. more, .. Shop])));
    }

    [Fact]
    public void Fewer_events_in_the_test_period_change_no_array_of_the_fit()
    {
        Row[] fewer = [.. Shop.Where((row, n) => row.Time < TestFrom || row.Time == Until || n % 3 == 0)];

        Assert.Equal(Fingerprint(Fit(Shop)), Fingerprint(Fit(fewer)));
    }

    /// <summary>Shows that the comparison can fail: one event more before T1 changes weights, every model and the tuning.</summary>
    [Fact]
    public void One_event_more_before_the_test_period_changes_the_fit()
    {
        var expected = Fingerprint(Fit(Shop));

        var found = Fingerprint(Fit([.. Shop, new Row("u000", "i79", "buy", 1, TestFrom - 1)]));

        Assert.Equal(expected.Keys, found.Keys);
        string[] parts = ["weights", "als-user-factors", "als-item-factors", "recent-scores", "popular-scores", "data-until"];
        foreach (string changed in parts)
            Assert.Contains(found.Keys, key => key.EndsWith(changed, StringComparison.Ordinal) && expected[key] != found[key]);
    }

    [Fact]
    public void A_share_of_the_events_leaks_as_little_as_a_duration()
    {
        var whole = Fit(Shop, new HoldoutRule(null, 0.2));
        Row[] scrambled = [.. Shop.Select((row, n) => row.Time < whole.Split.TestFrom
            ? row
            : row with { Item = $"i{CounterRandom.Index(5, n, 0, Items):00}", Type = Types[CounterRandom.Index(5, n, 1, 3)] })];

        var found = Fit(scrambled, new HoldoutRule(null, 0.2));

        Assert.Equal(whole.Split.TestFrom, found.Split.TestFrom);
        Assert.Equal(Fingerprint(whole), Fingerprint(found));
    }

    /// <summary>
    /// Draws users, items, types, values and times of all events of the test period anew; its first and last moment stay.
    /// </summary>
    static Row[] Scramble(ulong seed) => [.. Shop.Select((row, n) => row.Time < TestFrom || row.Time == Until ? row : new Row(
        $"u{CounterRandom.Index(seed, n, 0, Users):000}",
        $"i{CounterRandom.Index(seed, n, 1, Items):00}",
        Types[CounterRandom.Index(seed, n, 2, Types.Length)],
        1 + CounterRandom.Index(seed, n, 3, 5),
        TestFrom + (long)(CounterRandom.Uniform(seed, n, 4) * (Until - TestFrom))))];

    static IEnumerable<Row> Generate()
    {
        for (int user = 0; user < Users; user++)
            for (int n = 0; n < 15; n++)
            {
                double Draw(int k) => CounterRandom.Uniform(Seed, user, (n * 8) + k);
                int item = ((int)(Draw(0) * Draw(1) * (Items / 4)) * 4) + (Draw(2) < 0.8 ? user % 4 : (int)(Draw(3) * 4));
                yield return new Row(
                    $"u{user:000}", $"i{item:00}", Types[(int)(Draw(4) * 3)], 1 + (int)(Draw(5) * 5), (long)(Draw(6) * Until));
            }
        yield return new Row("u000", "i00", "buy", 1, Until);
    }

    static EvaluationFit Fit(IEnumerable<Row> rows, HoldoutRule? holdout = null)
    {
        var builder = new SnapshotBuilder(Types);
        builder.Users.Declare(IdKind.Text, "test");
        builder.Items.Declare(IdKind.Text, "test");
        foreach (var row in rows)
            builder.Add(
                builder.Users.Add(row.User), builder.Items.Add(row.Item), (byte)Array.IndexOf(Types, row.Type), row.Value, row.Time);
        var recipe = new Recipe(Options());
        var options = new RecipeEvaluationOptions
        {
            Holdout = holdout ?? new HoldoutRule(TimeSpan.FromDays(20)),
            At = [10],
            Baselines = [new ScorerChoice("recent-tuned", Recent(recipe.Options.Weighing), 1)],
        };
        return new RecipeEvaluation(recipe, options).Fit(builder.Build(), null, CancellationToken.None);
    }

    static RecipeOptions Options()
    {
        var weighing = new WeighingOptions
        {
            Events =
            [
                new EventWeight("buy"),
                new EventWeight("rate") { MinValue = 3, Value = ValueUse.Rating },
                new EventWeight("view") { Weight = 0.2, HalfLifeDays = 30 },
            ],
            PropensityTraining = 0.5,
        };
        return new RecipeOptions
        {
            Weighing = weighing,
            Scorers =
            [
                new ScorerChoice("als", [new ScorerVariant("", new AlsScorer(new AlsOptions { Factors = 8, Iterations = 3 }))], 1),
                new ScorerChoice("recent", Recent(weighing), null),
                new ScorerChoice("popular", [new ScorerVariant("", new PopularScorer(weighing))], null),
            ],
            Seen = new SeenRule(),
            Candidates = 40,
            Validation = new HoldoutRule(TimeSpan.FromDays(14)),
            Seed = 42,
            Threads = 2,
        };
    }

    static ScorerVariant[] Recent(WeighingOptions weighing) =>
        [.. ((double[])[2, 7, 30]).Select(days => new ScorerVariant($"{days} d", new RecentScorer(days, weighing)))];

    /// <summary>Everything that was fitted, by name, as the text of its bits.</summary>
    static SortedDictionary<string, string> Fingerprint(EvaluationFit fit)
    {
        var weighted = fit.Data.Weighted;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["data-until"] = $"{fit.Data.Snapshot.DataUntil}",
            ["snapshot"] = ContentHash.Of(fit.Data.Snapshot),
            ["weights"] = Bits(weighted.UserItems.Weights),
            ["weights-items"] = Bits(weighted.UserItems.ColIndex),
            ["weights-offsets"] = Bits(weighted.UserItems.RowPtr),
            ["popularity"] = Bits(weighted.Popularity),
            ["propensities"] = Bits(weighted.Propensities),
            ["distinct-users"] = Bits(weighted.DistinctUsers),
            ["left-out"] = string.Join(',', weighted.LeftOut.OrderBy(entry => entry.Key, StringComparer.Ordinal)),
            ["tuning"] = string.Join(',', fit.Recipe.Tuning!.Picks) + fit.Recipe.Tuning.Ndcg,
        };
        foreach (var trained in (TrainedRecipe[])[fit.Recipe, .. fit.Baselines])
            foreach (var model in trained.Models)
            {
                found[$"pick-{model.Name}"] = $"{model.Variant} {model.Weight:R} {string.Join(',', model.State.Figures)}";
                foreach (var (name, array) in model.State.Arrays)
                    found[$"{model.Name}-{name}"] = Bits(array.Elements);
            }
        return found;
    }

    static string Bits(Array elements)
    {
        byte[] bytes = new byte[Buffer.ByteLength(elements)];
        Buffer.BlockCopy(elements, 0, bytes, 0, bytes.Length);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    sealed record Row(string User, string Item, string Type, float Value, long Time);
}
