using BatchRecs.Core.Data;

namespace BatchRecs.Core.Training;

/// <summary>The scorer <c>als</c>: dot products of factors trained by <see cref="ImplicitAls"/>.</summary>
/// <param name="options">The objective and the length of the factors.</param>
public sealed class AlsScorer(AlsOptions options) : IScorer
{
    /// <summary>The array of the user factors, users × d.</summary>
    public const string UserFactors = "user-factors";

    /// <summary>The array of the item factors, items × d: what similar items are computed from.</summary>
    public const string ItemFactors = "item-factors";

    /// <inheritdoc/>
    public ModelState Fit(TrainingData data, FitContext context, CancellationToken token)
    {
        var entries = data.Weighted.UserItems;
        var trained = ImplicitAls.Train(entries, options, context, token);
        return new ModelState
        {
            Arrays = new Dictionary<string, ModelArray>
            {
                [UserFactors] = new(trained.UserFactors, entries.RowCount, options.Factors),
                [ItemFactors] = new(trained.ItemFactors, entries.ColumnCount, options.Factors),
            },
            Figures = new Dictionary<string, double>
            {
                ["factors"] = options.Factors,
                ["sweeps"] = trained.Sweeps,
                ["loss"] = trained.Losses[^1],
                ["repaired-rows"] = trained.RepairedRows,
            },
        };
    }

    /// <inheritdoc/>
    public IFittedScorer Open(ModelState state, TrainingData data) =>
        new AlsFittedScorer(options, state.Get<float>(UserFactors), state.Get<float>(ItemFactors), data.Weighted.UserItems);
}
