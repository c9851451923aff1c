using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Training;

/// <summary>Weighted implicit ALS: alternates between the exact least-squares solutions of all users and of all items.</summary>
/// <remarks>
/// Minimises L = Σ_S [w s² − 2 b s + k] + α₀ Σ_{u,i} s² + λ (Σᵤ #ᵤ^ν |xᵤ|² + Σᵢ #ᵢ^ν |yᵢ|²) with s = xᵤ·yᵢ, #ᵤ = Σ w + α₀ · items,
/// #ᵢ = Σ w + α₀ · users, and the constant k = b² / w that makes a perfect fit 0 (Hu, Koren, Volinsky 2008; Rendle, Krichene, Zhang, Koren
/// 2022, section 2). A sweep costs O(nnz d² + (users + items) d³). Every row is solved by one thread and every sum over rows is taken in
/// their order, so the factors are the same bits at any number of threads.
/// </remarks>
public static class ImplicitAls
{
    /// <summary>A sweep that lowers the loss by less than this share counts as standing still; the second in a row ends training.</summary>
    const double StandstillShare = 5e-4;

    /// <summary>Random item factors have this standard deviation, over √d.</summary>
    const double StartScale = 0.1;

    /// <summary>Trains.</summary>
    /// <param name="userItems">Weights and targets, users × items.</param>
    /// <param name="options">The objective and the number of sweeps.</param>
    /// <param name="context">Seed, threads, progress (unit <c>sweeps</c>).</param>
    /// <param name="token">Asked once per unit of about a millisecond.</param>
    /// <param name="start">Factors to start from; null = random ones.</param>
    /// <exception cref="TrainingDivergedException">A row's system cannot be solved, or the loss is not finite.</exception>
    public static AlsFactors Train(
        SparseMatrix userItems, AlsOptions options, FitContext context, CancellationToken token, AlsStart? start = null)
    {
        int factors = options.Factors;
        var users = start is null
            ? new FactorMatrix(userItems.RowCount, factors)
            : FactorMatrix.FromDense(start.UserFactors, userItems.RowCount, factors);
        var items = start is null
            ? RandomFactors(userItems.ColumnCount, factors, context.Seed)
            : FactorMatrix.FromDense(start.ItemFactors, userItems.ColumnCount, factors);
        var userHalf = new AlsHalf("user", userItems, users, items, options, context.Threads);
        var itemHalf = new AlsHalf("item", userItems.Transpose(), items, users, options, context.Threads);
        double[] itemGram = Gram.Of(items, context.Threads, token);
        double[] userGram = Gram.Of(users, context.Threads, token);
        var losses = new List<double> { Loss(userHalf.Evaluate(), userGram, itemGram, userHalf, itemHalf, options) };

        int sweeps = 0;
        for (int standstill = 0; sweeps < options.Iterations && standstill < 2;)
        {
            double fit = userHalf.Solve(itemGram, token);
            userGram = Gram.Of(users, context.Threads, token);
            losses.Add(Loss(fit, userGram, itemGram, userHalf, itemHalf, options));

            fit = itemHalf.Solve(userGram, token);
            itemGram = Gram.Of(items, context.Threads, token);
            losses.Add(Loss(fit, userGram, itemGram, userHalf, itemHalf, options));

            sweeps++;
            standstill = losses[^3] - losses[^1] < StandstillShare * losses[^3] ? standstill + 1 : 0;
            string note = string.Create(CultureInfo.InvariantCulture, $"loss {losses[^1]:G6}");
            context.Progress?.Report(new StageProgress(sweeps, options.Iterations, "sweeps", note));
        }
        return new AlsFactors
        {
            UserFactors = users.ToDense(),
            ItemFactors = items.ToDense(),
            Losses = losses,
            Sweeps = sweeps,
            RepairedRows = userHalf.RepairedRows + itemHalf.RepairedRows,
        };
    }

    /// <summary>Draws factors N(0, (0.1 / √d)²): a function of seed, row and factor, not of the order of drawing.</summary>
    static FactorMatrix RandomFactors(int rowCount, int factors, ulong seed)
    {
        var matrix = new FactorMatrix(rowCount, factors);
        double scale = StartScale / Math.Sqrt(factors);
        for (int row = 0; row < rowCount; row++)
            for (int f = 0; f < factors; f++)
                matrix.Row(row)[f] = (float)(scale * CounterRandom.Normal(seed, row, f));
        return matrix;
    }

    /// <summary>L from its parts: the dense sum over all pairs is α₀⟨XᵀX, YᵀY⟩.</summary>
    static double Loss(double fit, double[] userGram, double[] itemGram, AlsHalf userHalf, AlsHalf itemHalf, AlsOptions options)
    {
        double loss = fit + options.UnobservedWeight * Gram.InnerProduct(userGram, itemGram) + userHalf.Penalty() + itemHalf.Penalty();
        return double.IsFinite(loss)
            ? loss
            : throw new TrainingDivergedException(
                "The training loss is not finite. Set a larger regularization, and look for weights that are far out of range.");
    }
}
