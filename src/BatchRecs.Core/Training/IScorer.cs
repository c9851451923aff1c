using BatchRecs.Core.Data;

namespace BatchRecs.Core.Training;

/// <summary>A way to score items for users: fitted on the past, then asked for the best candidates of a block of users.</summary>
/// <remarks>
/// To add one: a file with its options record and its class, and one line in the catalog of scorers. Fitting must give the same
/// bits at any thread count, must use nothing but its arguments, and must be described in full by the returned state.
/// </remarks>
public interface IScorer
{
    /// <summary>Fits the scorer.</summary>
    /// <param name="data">What may be learnt from.</param>
    /// <param name="context">Seed, threads and progress.</param>
    /// <param name="token">Ends the fit early.</param>
    /// <returns>All that <see cref="Open"/> needs.</returns>
    ModelState Fit(TrainingData data, FitContext context, CancellationToken token);

    /// <summary>Makes a fitted scorer ready for use.</summary>
    /// <param name="state">What <see cref="Fit"/> returned, perhaps read back from disk.</param>
    /// <param name="data">The same data that it was fitted on.</param>
    IFittedScorer Open(ModelState state, TrainingData data);
}
