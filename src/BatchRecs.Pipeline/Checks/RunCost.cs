using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.Pipeline.Checks;

/// <summary>Estimates what a run will cost, from sizes and from rates measured on two cores (docs/benchmarks); right within a factor of about two.</summary>
static class RunCost
{
    const long BaseMemory = 120L << 20;
    const int BytesPerEvent = 21;
    const int BytesPerPair = 12;
    const int BytesPerListRow = 110;
    const double RowsReadPerSecond = 500_000;
    const double RowsLoadedPerSecond = 250_000;
    const double TrainingFlopsPerSecondAndThread = 15e9;
    const double ScoringFlopsPerSecondAndThread = 15e9;

    /// <summary>Evaluate and the main line both train, each once to tune and once on everything.</summary>
    const int Fits = 4;

    /// <summary>Estimates a run of a complete job definition.</summary>
    public static CostEstimate Of(RefreshJob job, long events, long users, long items)
    {
        var als = job.Scorers.Values.OfType<AlsOptions>().FirstOrDefault();
        long factors = als?.Factors ?? 0;
        long factorBytes = (users + items) * factors * sizeof(float);
        long rows = (users * (job.Precompute.Count + (job.Again?.Count ?? 0))) + (items * (job.Similar.Count + 1L)) + job.Popular.Count;
        double threads = job.Threads == 0 ? Environment.ProcessorCount : job.Threads;

        double training = Fits * (als?.Iterations ?? 0) * ((2.0 * events * factors * factors) + ((users + items) * Math.Pow(factors, 3) / 3));
        double scoring = 2.0 * users * items * factors;
        double seconds = (events / RowsReadPerSecond)
            + (training / (TrainingFlopsPerSecondAndThread * threads))
            + (scoring / (ScoringFlopsPerSecondAndThread * threads))
            + (rows / RowsLoadedPerSecond);
        return new CostEstimate(
            events,
            users,
            items,
            BaseMemory + (3 * events * BytesPerEvent) + (4 * events * BytesPerPair) + (4 * factorBytes),
            (events * (BytesPerEvent + BytesPerPair)) + factorBytes,
            rows * BytesPerListRow,
            TimeSpan.FromSeconds(seconds));
    }
}
