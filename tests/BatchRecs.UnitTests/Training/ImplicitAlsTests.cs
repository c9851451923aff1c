using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Oracles;
using BatchRecs.UnitTests.Support;

namespace BatchRecs.UnitTests.Training;

public sealed class ImplicitAlsTests
{
    static readonly AlsOptions Options = new() { Factors = 5, Iterations = 3, UnobservedWeight = 0.1, Regularization = 0.01 };

    static readonly AlsOptions PlainRidge = new() { RegularizationExponent = 0 };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    public void Factors_agree_with_a_dense_solution_in_double(int factors)
    {
        var entries = SomeMatrix.Random(30, 20, 0.3, 5);
        var options = Options with { Factors = factors };
        var start = new AlsStart(SomeMatrix.Normals(30 * factors, 1, 0.1), SomeMatrix.Normals(20 * factors, 2, 0.1));
        var twin = new DoubleAls(entries, options, AlsOracleTests.Widen(start.UserFactors), AlsOracleTests.Widen(start.ItemFactors));

        var trained = ImplicitAls.Train(entries, options, new FitContext(1, 1), CancellationToken.None, start);

        for (int sweep = 0; sweep < 3; sweep++)
        {
            twin.SolveUsers();
            twin.SolveItems();
        }
        // Weights are rounded to six decimals in the twin.
        AlsOracleTests.AssertWithin(1e-5, DoubleAls.RowMajor(twin.Users), AlsOracleTests.Widen(trained.UserFactors));
        AlsOracleTests.AssertWithin(1e-5, DoubleAls.RowMajor(twin.Items), AlsOracleTests.Widen(trained.ItemFactors));
    }

    [Fact]
    public void The_loss_is_the_sum_over_all_pairs_and_flat_in_the_side_solved_last()
    {
        var entries = SomeMatrix.Random(30, 20, 0.3, 5);

        var trained = Train(entries, Options);

        var twin = new DoubleAls(entries, Options, AlsOracleTests.Widen(trained.UserFactors), AlsOracleTests.Widen(trained.ItemFactors));
        Assert.Equal(1, trained.Losses[^1] / twin.Loss(), 1e-6);
        // Slopes of a loss near 100, by differences of 10⁻⁴.
        Assert.Equal(0, twin.LargestSlope(ofUsers: false), 1e-3);
        Assert.True(twin.LargestSlope(ofUsers: true) > 0.01);
    }

    [Fact]
    public void A_matrix_of_as_many_factors_as_columns_is_reproduced()
    {
        int[][] ones = [[0, 1, 3], [1, 2, 3], [0, 2], [0, 1], [2, 3, 5], [1, 5], [4, 5]];
        var entries = SomeMatrix.Of(7, 6, ones.SelectMany((items, user) => items.Select(item => (user, item, 1.0, 2.0))));
        var options = new AlsOptions { Factors = 6, Iterations = 50, UnobservedWeight = 1, Regularization = 0 };

        var trained = Train(entries, options);

        for (int user = 0; user < 7; user++)
            for (int item = 0; item < 6; item++)
                Assert.Equal(ones[user].Contains(item) ? 1 : 0, Score(trained, 6, user, item), 1e-3);
    }

    [Fact]
    public void A_matrix_with_a_single_row_gives_finite_factors_and_nothing_for_the_rest()
    {
        double[] confidences = [2, 1.5, 1.33333333, 1.25, 1.2];
        var entries = SomeMatrix.Of(7, 7, confidences.Select((c, n) => AlsOracle.FromImplicit(0, n + 1, c)));
        var options = PlainRidge with { Factors = 3, Iterations = 15, UnobservedWeight = 1, Regularization = 0.01 };

        var trained = Train(entries, options);

        Assert.All(trained.UserFactors, x => Assert.True(float.IsFinite(x)));
        Assert.All(trained.ItemFactors, y => Assert.True(float.IsFinite(y)));
        Assert.All(trained.UserFactors[3..], x => Assert.Equal(0, x));
        Assert.All(trained.ItemFactors[..3], y => Assert.Equal(0, y));
        Assert.All(trained.ItemFactors[18..], y => Assert.Equal(0, y));
        Assert.Contains(trained.ItemFactors, y => y != 0);
    }

    [Fact]
    public void A_nearly_empty_matrix_under_a_strong_ridge_gives_finite_factors()
    {
        var entries = SomeMatrix.Random(100, 100, 0.0005, 42);
        var options = PlainRidge with { Factors = 32, Iterations = 10, UnobservedWeight = 1, Regularization = 10 };

        var trained = Train(entries, options);

        Assert.InRange(entries.EntryCount, 1, 20);
        Assert.All(trained.UserFactors.Concat(trained.ItemFactors), x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Factors_have_the_same_bits_at_any_number_of_threads()
    {
        // Item 0 belongs to most users, so its row is longer than one single-precision sum.
        var entries = SomeMatrix.Of(600, 40, Enumerable.Range(0, 600).SelectMany(user =>
            new[] { (user, 0, 1.0, 1.0), (user, 1 + user % 39, 2.0, 2.0), (user, 1 + user * 7 % 39, 1.5, 1.5) }.DistinctBy(e => e.Item2)));
        var options = Options with { Factors = 48 };

        var one = ImplicitAls.Train(entries, options, new FitContext(9, 1), CancellationToken.None);

        foreach (int threads in new[] { 2, 7 })
        {
            var several = ImplicitAls.Train(entries, options, new FitContext(9, threads), CancellationToken.None);
            Assert.Equal(one.UserFactors, several.UserFactors);
            Assert.Equal(one.ItemFactors, several.ItemFactors);
            Assert.Equal(one.Losses, several.Losses);
        }
    }

    [Fact]
    public void Another_seed_gives_other_factors()
    {
        var entries = SomeMatrix.Random(30, 20, 0.3, 5);

        var first = ImplicitAls.Train(entries, Options, new FitContext(1, 1), CancellationToken.None);
        var second = ImplicitAls.Train(entries, Options, new FitContext(2, 1), CancellationToken.None);

        Assert.NotEqual(first.ItemFactors, second.ItemFactors);
    }

    [Fact]
    public void Training_ends_after_two_sweeps_in_a_row_that_hardly_lower_the_loss()
    {
        var entries = SomeMatrix.Random(30, 20, 0.3, 5);

        var trained = Train(entries, Options with { Factors = 2, Iterations = 100 });

        double[] drops = [.. Enumerable.Range(0, trained.Sweeps).Select(n => 1 - trained.Losses[2 * n + 2] / trained.Losses[2 * n])];
        Assert.InRange(trained.Sweeps, 3, 99);
        Assert.True(drops[^1] < 5e-4 && drops[^2] < 5e-4);
        Assert.DoesNotContain(Enumerable.Range(1, drops.Length - 2), n => drops[n] < 5e-4 && drops[n - 1] < 5e-4);
    }

    [Fact]
    public void A_row_that_single_precision_cannot_solve_is_solved_in_double()
    {
        // The ridge is far below the last digit of the largest weights.
        var entries = SomeMatrix.Of(
            3, 4, [(0, 0, 1e4, 1e4), (0, 1, 1e4, 1e4), (0, 2, 1e-2, 1e-2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 3, 1, 1), (2, 0, 1, 1)]);
        var options = PlainRidge with { Factors = 4, Iterations = 2, UnobservedWeight = 1e-4, Regularization = 1e-6 };

        var trained = Train(entries, options);

        Assert.True(trained.RepairedRows > 0);
        Assert.All(trained.UserFactors.Concat(trained.ItemFactors), x => Assert.True(float.IsFinite(x)));
        Assert.Equal(1, Score(trained, 4, 0, 0), 1e-3);
    }

    [Fact]
    public void A_row_without_a_finite_solution_ends_training_and_is_named()
    {
        var entries = SomeMatrix.Of(3, 2, [(0, 0, 1, 1), (1, 0, 1, 1), (1, 1, -50_000, 1), (2, 1, 1, 1)]);

        var error = Assert.Throws<TrainingDivergedException>(() => Train(entries, Options));

        Assert.Equal(
            "The equations of user 1 (row index; 2 entries) have no finite solution, even in double precision. "
            + "Set a larger regularization (now 0.01), or fewer factors (now 5).",
            error.Message);
        Assert.Equal(4, error.ExitCode);
    }

    [Fact]
    public void A_weight_that_is_not_a_number_ends_training()
    {
        var entries = SomeMatrix.Of(2, 2, [(0, 0, 1, 1), (1, 1, double.NaN, 1)]);

        var error = Assert.Throws<TrainingDivergedException>(() => Train(entries, Options));

        Assert.StartsWith("The training loss is not finite.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_reported_after_every_sweep()
    {
        var reports = new Reports();

        ImplicitAls.Train(SomeMatrix.Random(9, 9, 0.5, 1), Options, new FitContext(1, 1, reports), CancellationToken.None);

        Assert.Equal([(1L, 3L, "sweeps"), (2L, 3L, "sweeps"), (3L, 3L, "sweeps")], reports.All.Select(r => (r.Done, r.Total, r.Unit)));
        Assert.All(reports.All, report => Assert.StartsWith("loss ", report.Note, StringComparison.Ordinal));
    }

    [Fact]
    public void Training_can_be_cancelled_between_sweeps()
    {
        using var source = new CancellationTokenSource();
        var cancel = new Reports(_ => source.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(() =>
            ImplicitAls.Train(SomeMatrix.Random(9, 9, 0.5, 1), Options, new FitContext(1, 1, cancel), source.Token));

        Assert.Single(cancel.All);
    }

    static AlsFactors Train(SparseMatrix entries, AlsOptions options) =>
        ImplicitAls.Train(entries, options, new FitContext(Seed: 1, Threads: 2), CancellationToken.None);

    static double Score(AlsFactors trained, int factors, int user, int item) =>
        Enumerable.Range(0, factors).Sum(f => (double)trained.UserFactors[user * factors + f] * trained.ItemFactors[item * factors + f]);

    sealed class Reports(Action<StageProgress>? then = null) : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];

        public void Report(StageProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
