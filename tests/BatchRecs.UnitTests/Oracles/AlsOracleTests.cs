using BatchRecs.Core.Ranking;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Training;

namespace BatchRecs.UnitTests.Oracles;

public sealed class AlsOracleTests
{
    static readonly FitContext Context = new(Seed: 1, Threads: 2);

    public static TheoryData<string, int> Files() => new()
    {
        { "als_small.json", 1 }, { "als_small.json", 2 }, { "als_small.json", 5 },
        { "als_medium.json", 1 }, { "als_medium.json", 2 }, { "als_medium.json", 5 },
        { "als_targets.json", 1 }, { "als_targets.json", 2 }, { "als_targets.json", 5 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Single_precision_factors_agree_with_numpy_to_a_hundred_thousandth(string file, int sweeps)
    {
        var oracle = AlsOracle.Read(file);

        var trained = Train(oracle, sweeps);

        var expected = oracle.Json.GetProperty("after_sweep").GetProperty($"{sweeps}");
        AssertWithin(1e-5, AlsOracle.Numbers(expected.GetProperty("X")), Widen(trained.UserFactors));
        AssertWithin(1e-5, AlsOracle.Numbers(expected.GetProperty("Y")), Widen(trained.ItemFactors));
        double[] losses = [.. oracle.Json.GetProperty("losses_per_half_sweep").EnumerateArray().Select(l => l.GetDouble())];
        Assert.Equal(2 * sweeps + 1, trained.Losses.Count);
        // Weights enter in single precision: 7 digits.
        for (int n = 0; n < trained.Losses.Count; n++)
            Assert.Equal(1, trained.Losses[n] / losses[n], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_double_twin_agrees_with_numpy_to_a_billionth(string file, int sweeps)
    {
        var oracle = AlsOracle.Read(file);
        var twin = Twin(oracle);
        var losses = new List<double> { twin.Loss() };

        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            twin.SolveUsers();
            losses.Add(twin.Loss());
            twin.SolveItems();
            losses.Add(twin.Loss());
        }

        var expected = oracle.Json.GetProperty("after_sweep").GetProperty($"{sweeps}");
        AssertWithin(1e-9, AlsOracle.Numbers(expected.GetProperty("X")), DoubleAls.RowMajor(twin.Users));
        AssertWithin(1e-9, AlsOracle.Numbers(expected.GetProperty("Y")), DoubleAls.RowMajor(twin.Items));
        double[] expectedLosses = [.. oracle.Json.GetProperty("losses_per_half_sweep").EnumerateArray().Select(l => l.GetDouble())];
        for (int n = 0; n < losses.Count; n++)
            Assert.Equal(1, losses[n] / expectedLosses[n], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Factors_agree_with_the_library_implicit(int iterations)
    {
        var oracle = AlsOracle.ReadImplicit();

        var trained = Train(oracle, iterations);

        var expected = oracle.Json.GetProperty("after_iterations").GetProperty($"{iterations}");
        AssertWithin(1e-5, AlsOracle.Numbers(expected.GetProperty("X")), Widen(trained.UserFactors));
        AssertWithin(1e-5, AlsOracle.Numbers(expected.GetProperty("Y")), Widen(trained.ItemFactors));
    }

    [Fact]
    public void Lists_agree_with_the_library_implicit()
    {
        var oracle = AlsOracle.ReadImplicit();
        var trained = Train(oracle, 3);
        int[] rowPtr = Array.ConvertAll(oracle.Entries.RowPtr, offset => (int)offset);
        var block = new CandidateBlock(oracle.Entries.RowCount, 5);

        new AlsFittedScorer(oracle.Options, trained.UserFactors, trained.ItemFactors, oracle.Entries).TopCandidates(
            [.. Enumerable.Range(0, oracle.Entries.RowCount)], new Exclusions(rowPtr, oracle.Entries.ColIndex), block);

        double[] items = AlsOracle.Numbers(oracle.Json.GetProperty("recommend_top5_excluding_seen"));
        double[] scores = AlsOracle.Numbers(oracle.Json.GetProperty("recommend_scores"));
        Assert.Equal(items, Array.ConvertAll(block.Items, item => (double)item));
        AssertWithin(1e-5, scores, Widen(block.Scores));
    }

    [Fact]
    public void Similar_items_agree_with_the_library_implicit_which_lists_the_item_itself_first()
    {
        var oracle = AlsOracle.ReadImplicit();
        var trained = Train(oracle, 3);

        var similar = SimilarItems.FromFactors(trained.ItemFactors, oracle.Options.Factors, 5, "als", 2, CancellationToken.None);

        var items = oracle.Json.GetProperty("similar_items_top6_cosine");
        var scores = oracle.Json.GetProperty("similar_scores");
        Assert.Equal(5 * oracle.Entries.ColumnCount, similar.Count);
        Assert.All(similar, row => Assert.Equal(items[row.Item][row.Rank].GetInt32(), row.Similar));
        Assert.All(similar, row => Assert.Equal(scores[row.Item][row.Rank].GetDouble(), row.Score, 1e-5));
    }

    internal static void AssertWithin(double tolerance, double[] expected, double[] actual)
    {
        double largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)) <= tolerance * largest,
            $"Largest error {expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)) / largest:G3} of the largest number.");
    }

    internal static double[] Widen(float[] values) => Array.ConvertAll(values, value => (double)value);

    static AlsFactors Train(AlsOracle oracle, int sweeps) => ImplicitAls.Train(
        oracle.Entries,
        oracle.Options with { Iterations = sweeps },
        Context,
        CancellationToken.None,
        new AlsStart(oracle.UserStart, oracle.ItemStart));

    static DoubleAls Twin(AlsOracle oracle) => new(
        oracle.Entries,
        oracle.Options,
        AlsOracle.Numbers(oracle.Json.GetProperty("X0")),
        AlsOracle.Numbers(oracle.Json.GetProperty("Y0")));
}
