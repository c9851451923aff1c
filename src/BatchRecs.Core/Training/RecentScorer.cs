using BatchRecs.Core.Data;
using BatchRecs.Core.Weighing;

namespace BatchRecs.Core.Training;

/// <summary>The scorer <c>recent</c>: decayed popularity; the same for everybody but for what is excluded.</summary>
/// <param name="halfLifeDays">Age at which an event counts half, in days; above 0.</param>
/// <param name="weighing">Which events count, and what each type is worth.</param>
public sealed class RecentScorer(double halfLifeDays, WeighingOptions weighing) : IScorer
{
    /// <inheritdoc/>
    public ModelState Fit(TrainingData data, FitContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return PopularityRanking.State(Popularity.Decayed(data.Snapshot, weighing, halfLifeDays)) with
        {
            Figures = new Dictionary<string, double> { ["half-life-days"] = halfLifeDays },
        };
    }

    /// <inheritdoc/>
    public IFittedScorer Open(ModelState state, TrainingData data) => new PopularityRanking(state);
}
