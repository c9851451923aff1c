using BatchRecs.Core.Errors;
using BatchRecs.Core.Training;
using BatchRecs.UnitTests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace BatchRecs.UnitTests.Training;

public sealed class FoldInTests
{
    const int Factors = 4;
    const double Unobserved = 0.25;

    static readonly float[] ItemFactors = SomeMatrix.Normals(9 * Factors, 3);
    static readonly int[] History = [1, 4, 7];
    static readonly float[] Values = [0.5f, 1, 3];

    [Fact]
    public void A_trained_user_folded_in_equals_the_user_after_a_further_half_sweep()
    {
        var entries = SomeMatrix.Random(40, 25, 0.3, 8);
        var options = new AlsOptions { Factors = 6, Iterations = 4 };
        var trained = ImplicitAls.Train(entries, options, new FitContext(1, 2), CancellationToken.None);
        var start = new AlsStart(trained.UserFactors, trained.ItemFactors);
        var further = ImplicitAls.Train(entries, options with { Iterations = 1 }, new FitContext(1, 2), CancellationToken.None, start);
        var foldIn = new FoldIn(trained.ItemFactors, options);

        for (int user = 0; user < 40; user++)
            Assert.Equal(
                further.UserFactors[(user * 6)..(user * 6 + 6)],
                foldIn.Solve(entries.Columns(user), entries.RowWeights(user), entries.RowTargets(user)));
    }

    [Fact]
    public void A_user_without_items_has_zero_factors() =>
        Assert.Equal(new float[Factors], new FoldIn(ItemFactors, Options(1)).Solve([], [], []));

    [Fact]
    public void A_user_without_a_finite_solution_is_an_error() =>
        Assert.Throws<TrainingDivergedException>(() => new FoldIn(ItemFactors, Options(1)).Solve([0], [float.NaN], [1]));

    // Each of the following objectives of the literature is written out in full (weight of s² and of s per pair) and must have
    // the same minimum as the entries (w, b) that stand for it.
    [Fact]
    public void Binary_implicit_feedback_is_w_1_b_1() =>
        AssertSameMinimum(Options(Unobserved), _ => (1, 1), _ => (1 + Unobserved, 1));

    [Fact]
    public void Confidence_one_plus_alpha_r_of_hu_koren_volinsky_is_w_alpha_r_b_one_plus_alpha_r() =>
        AssertSameMinimum(Options(1), r => (2 * r, 1 + 2 * r), r => (1 + 2 * r, 1 + 2 * r));

    [Fact]
    public void A_confidence_with_preference_zero_is_b_zero() =>
        AssertSameMinimum(Options(1), r => (2 * r, r > 2 ? 0 : 1 + 2 * r), r => (1 + 2 * r, r > 2 ? 0 : 1 + 2 * r));

    [Fact]
    public void Confidence_on_top_of_the_unobserved_weight_is_w_x_b_x_plus_alpha() =>
        AssertSameMinimum(Options(Unobserved), x => (x, x + Unobserved), x => (x + Unobserved, x + Unobserved));

    [Fact]
    public void Confidence_beside_the_unobserved_weight_is_w_x_b_x() =>
        AssertSameMinimum(Options(Unobserved), x => (x, x), x => (x + Unobserved, x));

    [Fact]
    public void Relevance_by_inverse_propensity_is_w_one_minus_alpha_over_theta_b_one_over_theta() =>
        // (1/θ)(1 − s)² + α₀ (1 − 1/θ) s²: the negative part is gone once the squares are put together.
        AssertSameMinimum(
            Options(Unobserved),
            x => ((1 - Unobserved) * (1 + x), 1 + x),
            x => (1 + x + Unobserved * (1 - (1 + x)), 1 + x));

    [Fact]
    public void The_item_that_speaks_most_for_a_score_is_the_largest_term_of_the_sum_over_the_history()
    {
        var options = Options(Unobserved);
        int[] items = [.. Enumerable.Range(0, 9)];
        int[] because = new int[9];
        var y = ItemMatrix();
        var left = Unobserved * y.Transpose() * y + options.Regularization * Matrix<double>.Build.DenseIdentity(Factors);
        for (int n = 0; n < History.Length; n++)
            left += Values[n] * y.Row(History[n]).OuterProduct(y.Row(History[n]));

        new FoldIn(ItemFactors, options).Explain(History, Values, Values, items, because);

        var inverse = left.Inverse();
        foreach (int item in items)
        {
            var largest = History.Select((j, n) => (Item: j, Share: Values[n] * (y.Row(item) * inverse * y.Row(j)))).MaxBy(s => s.Share);
            Assert.Equal(largest.Item, because[item]);
        }
        Assert.Equal(History, because.Distinct().Order());
    }

    [Fact]
    public void Nothing_speaks_for_an_item_that_points_the_other_way()
    {
        float[] factors = [1, 0, -1, 0, 0, 1];
        int[] because = new int[3];

        new FoldIn(factors, new AlsOptions { Factors = 2 }).Explain([0], [1], [1], [0, 1, 2], because);

        Assert.Equal([0, -1, -1], because);
    }

    static AlsOptions Options(double unobserved) =>
        new() { Factors = Factors, UnobservedWeight = unobserved, Regularization = 0.3, RegularizationExponent = 0 };

    static Matrix<double> ItemMatrix() => Matrix<double>.Build.Dense(9, Factors, (row, f) => ItemFactors[row * Factors + f]);

    /// <summary>Minimises Σ (quadratic s² − 2 linear s) + ridge |x|² densely; outside the history the terms are α₀ and 0.</summary>
    static void AssertSameMinimum(
        AlsOptions options, Func<double, (double Weight, double Target)> entry, Func<double, (double Quadratic, double Linear)> terms)
    {
        var y = ItemMatrix();
        var left = options.Regularization * Matrix<double>.Build.DenseIdentity(Factors);
        var right = Vector<double>.Build.Dense(Factors);
        for (int item = 0; item < 9; item++)
        {
            int n = Array.IndexOf(History, item);
            var (quadratic, linear) = n < 0 ? (options.UnobservedWeight, 0) : terms(Values[n]);
            left += quadratic * y.Row(item).OuterProduct(y.Row(item));
            right += linear * y.Row(item);
        }

        float[] x = new FoldIn(ItemFactors, options).Solve(
            History, Array.ConvertAll(Values, v => (float)entry(v).Weight), Array.ConvertAll(Values, v => (float)entry(v).Target));

        var expected = left.Solve(right);
        for (int f = 0; f < Factors; f++)
            Assert.Equal(expected[f], x[f], 1e-6);
    }
}
