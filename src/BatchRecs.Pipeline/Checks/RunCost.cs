using BatchRecs.Core.Allocating;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Extract;

namespace BatchRecs.Pipeline.Checks;

/// <summary>Estimates what a run that computes everything will cost, from sizes.</summary>
/// <remarks>
/// The constants come from the runs that RunCostTests lists, on two cores: 400,000 to 1,500,000 events, 4,000 to 60,000 users,
/// 64 and 128 factors.
/// Every figure is within a factor of two of what was measured there, most within 1.4. Far smaller runs cost a second and 100 MB.
/// </remarks>
static class RunCost
{
    /// <summary>The runtime, the code and one block of lists: a run of a few events takes 95 MB.</summary>
    const long BaseMemory = 95_000_000;

    /// <summary>One event is 25 bytes, but there are copies (all, before T1, before validation, weighted) and free room.</summary>
    const int MemoryPerEvent = 400;

    /// <summary>Evaluation keeps about five makers' 100 candidates of 8 bytes for every second user.</summary>
    const int MemoryPerUser = 2_000;

    /// <summary>Factors of the recipe, of the evaluation, of the sweep under way and of the artifact on its way to disk.</summary>
    const int FactorCopies = 4;

    const int DiskPerEvent = 33;

    /// <summary>What an incremental job keeps of a row: user, item, type, value and time; twice while it is replaced.</summary>
    const int DiskPerStoredRow = 2 * 21;

    /// <summary>A key is 16 bytes more.</summary>
    const int DiskPerStoredKey = 2 * 16;

    /// <summary>Of rows with a key: 37 bytes as they were stored, 45 as they are stored next.</summary>
    const int MemoryPerKeyedRow = 37 + 45;

    /// <summary>40 bytes were measured with integer ids 65 with short texts; on PostgreSQL 118.</summary>
    const int SqliteBytesPerRow = 55;

    const int PostgresBytesPerRow = 120;

    /// <summary>Lists are arrays there: 21 bytes a place were measured with integer ids.</summary>
    const int PostgresBytesPerPlace = 25;

    /// <summary>Start of the process, migrations, ledger.</summary>
    const double FixedSeconds = 0.5;

    const double EventsReadPerSecond = 500_000;

    /// <summary>Lists are scored, loaded and indexed at 190,000 to 350,000 rows a second.</summary>
    const double RowsLoadedPerSecond = 250_000;

    /// <summary>Measuring the lists of every second user, with intervals: 2,000 to 4,000 users a second.</summary>
    const double UsersMeasuredPerSecond = 3_000;

    /// <summary>22e9 were measured with 64 factors, 33e9 with 128.</summary>
    const double FlopsPerSecondAndThread = 25e9;

    /// <summary>Evaluate and the main line both train, each once to tune and once on everything.</summary>
    const int Fits = 4;

    /// <summary>Guesses sizes from a look at the sources; where users and items were not counted, from what is usual.</summary>
    public static (long Events, long Users, long Items) Sizes(IReadOnlyList<SourceFindings> sources)
    {
        long rows = sources.Sum(source => source.Rows);
        long users = sources.Max(source => source.Users) ?? rows / 20;
        return (rows, users, sources.Max(source => source.Items) ?? Math.Max(1, users / 5));
    }

    /// <summary>Estimates a run of a complete job definition.</summary>
    /// <param name="job">The job.</param>
    /// <param name="events">Events in the window.</param>
    /// <param name="users">Users with an event.</param>
    /// <param name="items">Items with an event.</param>
    /// <param name="serving">Kind of the store that releases are loaded into.</param>
    public static CostEstimate Of(RefreshJob job, long events, long users, long items, StoreProvider serving)
    {
        var als = job.Scorers.Values.OfType<AlsOptions>().FirstOrDefault();
        long factors = als?.Factors ?? 0;
        long factorBytes = (users + items) * factors * sizeof(float);
        long places = users * (job.Precompute.Count + (job.Again?.Count ?? 0));
        long others = (items * (job.Similar.Count + 1L)) + job.Popular.Count;
        long rows = places + others;
        int measuredLists = job.Again is null ? 1 : 2;
        // As if everybody were active: whoever is not has no list.
        long listBytes = (JobPlan.Allocation(job)?.Capacity ?? 0) * users * ListSet.BytesPerPlace;
        bool hasKeys = job.Incremental.Enabled && job.Sources.Any(source => source.Incremental?.Key is not null);
        return new CostEstimate(
            events,
            users,
            items,
            BaseMemory
                + (events * (MemoryPerEvent + (hasKeys ? MemoryPerKeyedRow : 0)))
                + (users * MemoryPerUser * measuredLists)
                + listBytes
                + (FactorCopies * factorBytes),
            (events * (DiskPerEvent + StoredPerEvent(job, hasKeys))) + factorBytes,
            serving == StoreProvider.Sqlite
                ? rows * SqliteBytesPerRow
                : (places * PostgresBytesPerPlace) + (others * PostgresBytesPerRow),
            TimeSpan.FromSeconds(
                FixedSeconds
                + (events / EventsReadPerSecond)
                + (Flops(als, events, users, items) / (FlopsPerSecondAndThread * Threads(job)))
                + (users * measuredLists / 2 / UsersMeasuredPerSecond)
                + (rows / RowsLoadedPerSecond)))
        {
            ListBytes = listBytes,
        };
    }

    static int StoredPerEvent(RefreshJob job, bool hasKeys) =>
        job.Incremental.Enabled ? DiskPerStoredRow + (hasKeys ? DiskPerStoredKey : 0) : 0;

    /// <summary>A sweep adds an outer product per event and side and solves a system per row; scoring is users × items.</summary>
    static double Flops(AlsOptions? als, long events, long users, long items)
    {
        if (als is null)
            return 0;
        double factors = als.Factors;
        double sweep = (2 * events * factors * factors) + ((users + items) * Math.Pow(factors, 3) / 3);
        return (Fits * als.Iterations * sweep) + (2 * factors * users * items);
    }

    static double Threads(RefreshJob job) => job.Threads == 0 ? Environment.ProcessorCount : job.Threads;
}
