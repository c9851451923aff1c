using System.Collections.Concurrent;
using BatchRecs.Core.Errors;
using BatchRecs.Core.Numerics;

namespace BatchRecs.Core.Training;

/// <summary>Solves single users against trained item factors: a new user, a changed one, or one whose list is to be explained.</summary>
/// <remarks>α₀YᵀY is computed once, so a user costs O(n d² + d³). Safe to use from several threads at once.</remarks>
public sealed class FoldIn
{
    readonly AlsSide _side;
    readonly int _factors;
    readonly ConcurrentBag<AlsRowSolver> _solvers = [];

    /// <summary>Prepares the item side.</summary>
    /// <param name="itemFactors">Y, items × d, row-major.</param>
    /// <param name="options">The options that Y was trained with.</param>
    public FoldIn(ReadOnlySpan<float> itemFactors, AlsOptions options)
        : this(FactorMatrix.FromDense(itemFactors, itemFactors.Length / options.Factors, options.Factors), options)
    {
    }

    internal FoldIn(FactorMatrix items, AlsOptions options)
    {
        _factors = options.Factors;
        _side = new AlsSide(items, Gram.Of(items, 1, CancellationToken.None), options);
    }

    /// <summary>Computes the factors of one user.</summary>
    /// <param name="items">The user's items.</param>
    /// <param name="weights">Their weights w ≥ 0.</param>
    /// <param name="targets">Their right-hand sides b (= w where nothing else is meant).</param>
    /// <returns>d factors; zero for a user without items.</returns>
    /// <exception cref="TrainingDivergedException">The system has no finite solution.</exception>
    public float[] Solve(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, ReadOnlySpan<float> targets)
    {
        float[] x = new float[_factors];
        if (items.Length == 0)
            return x;

        var solver = Rent();
        var outcome = solver.Solve(_side, items, weights, targets, x);
        _solvers.Add(solver);
        return outcome != RowOutcome.Failed
            ? x
            : throw new TrainingDivergedException(
                $"The equations of a user with {items.Length} items have no finite solution. Set a larger regularization and train again.");
    }

    /// <summary>Finds the item of the user's history with the largest positive share in the score of each of some items.</summary>
    /// <param name="history">The user's items, ascending.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="targets">Their right-hand sides b.</param>
    /// <param name="items">Items to explain.</param>
    /// <param name="because">Receives an item of the history, or −1 where no share is positive.</param>
    /// <remarks>The score of i is Σⱼ bⱼ yᵢᵀ A⁻¹ yⱼ over the history, A being the left-hand side of the user's equations; the terms are the
    /// shares. Ties go to the lower item index.</remarks>
    public void Explain(
        ReadOnlySpan<int> history, ReadOnlySpan<float> weights, ReadOnlySpan<float> targets, ReadOnlySpan<int> items, Span<int> because)
    {
        because.Fill(-1);
        var solver = Rent();
        if (history.Length > 0 && solver.TryFactor(_side, history, weights, _side.Ridge(weights)))
        {
            float[] direction = new float[_factors];
            for (int n = 0; n < items.Length; n++)
            {
                _side.Other.Row(items[n])[.._factors].CopyTo(direction);
                solver.Apply(direction);
                because[n] = LargestShare(history, targets, direction);
            }
        }
        _solvers.Add(solver);
    }

    int LargestShare(ReadOnlySpan<int> history, ReadOnlySpan<float> targets, ReadOnlySpan<float> direction)
    {
        double largest = 0;
        int because = -1;
        for (int n = 0; n < history.Length; n++)
        {
            double share = targets[n] * Widening.Dot(_side.Other.Row(history[n])[.._factors], direction);
            if (share > largest)
                (largest, because) = (share, history[n]);
        }
        return because;
    }

    AlsRowSolver Rent() => _solvers.TryTake(out var solver) ? solver : new AlsRowSolver(_factors);
}
