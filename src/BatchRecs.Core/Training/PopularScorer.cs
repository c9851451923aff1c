using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Training;

/// <summary>The scorer <c>popular</c>: the items that most users took; the same for everybody but for what is excluded.</summary>
/// <param name="weighing">Which events count.</param>
/// <param name="window">Only events less than this much older than the newest count; null = all.</param>
public sealed class PopularScorer(WeighingOptions weighing, TimeSpan? window = null) : IScorer
{
    /// <inheritdoc/>
    public ModelState Fit(TrainingData data, FitContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        int[] users = Popularity.DistinctUsers(data.Snapshot, weighing, window ?? TimeSpan.MaxValue);
        return PopularityRanking.State(Array.ConvertAll(users, count => (double)count));
    }

    /// <inheritdoc/>
    public IFittedScorer Open(ModelState state, TrainingData data) => new PopularityRanking(state);
}
