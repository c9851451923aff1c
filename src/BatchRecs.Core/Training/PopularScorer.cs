using BatchRecs.Core.Data;

namespace BatchRecs.Core.Training;

/// <summary>The scorer <c>popular</c>: the items that most users took; the same list for everybody but for what is excluded.</summary>
public sealed class PopularScorer : IScorer
{
    /// <inheritdoc/>
    public ModelState Fit(TrainingData data, FitContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return PopularityRanking.State(Array.ConvertAll(data.Weighted.DistinctUsers, users => (double)users));
    }

    /// <inheritdoc/>
    public IFittedScorer Open(ModelState state, TrainingData data) => new PopularityRanking(state);
}
