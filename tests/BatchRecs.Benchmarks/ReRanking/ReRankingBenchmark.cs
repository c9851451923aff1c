using System.Diagnostics;
using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Numerics;
using BatchRecs.Core.Ranking;
using BatchRecs.Core.ReRanking;
using BatchRecs.Core.Similarities;
using BatchRecs.Core.Training;
using BatchRecs.Core.Weighing;
using BatchRecs.Pipeline.Catalogs;

namespace BatchRecs.Benchmarks.ReRanking;

/// <summary>What to measure.</summary>
/// <param name="Users">Lists per re-ranker.</param>
/// <param name="Candidates">K', candidates per list.</param>
/// <param name="Count">N, length of a finished list.</param>
/// <param name="Factors">Length of a factor vector.</param>
public sealed record ReRankingBenchmarkOptions(int Users, int Candidates, int Count, int Factors);

/// <summary>
/// Prints what each re-ranker of the catalog costs per user, on one thread, with its default options; <c>none</c> is what counting takes.
/// </summary>
public static class ReRankingBenchmark
{
    const int Items = 10_000;
    const int Categories = 30;
    const int HistoryLength = 50;

    /// <summary>Measures.</summary>
    public static void Run(ReRankingBenchmarkOptions options)
    {
        var data = Data(options);
        var lists = Lists(options);
        Print("none", Measure([], data, lists, options));
        foreach (var (name, type) in ReRankers.All)
        {
            var open = ReRankers.All.Create(new Choice<OpenReRanker>(name, Activator.CreateInstance(type)!));
            Print(name, Measure([open(data)], data, lists, options));
        }

        static void Print(string name, double microseconds) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {microseconds,8:0.0} us per user"));
    }

    /// <summary>Returns processor time per user, the second time: what else runs on the machine hardly counts.</summary>
    static double Measure(IReRanker[] reRankers, ReRankingData data, FusedBlock lists, ReRankingBenchmarkOptions options)
    {
        var order = new FinalOrder(reRankers, RuleBook.Open([], data.Data.Snapshot, null), new OrderTally(data));
        int[] users = [.. Enumerable.Range(0, options.Users)];
        var nothing = Exclusions.None(options.Users);
        order.Apply(users, lists, nothing, options.Count, pinned: 1);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        order.Apply(users, lists, nothing, options.Count, pinned: 1);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / options.Users;
    }

    static FusedBlock Lists(ReRankingBenchmarkOptions options)
    {
        var block = new CandidateBlock(options.Users, options.Candidates);
        for (int user = 0; user < options.Users; user++)
        {
            int first = CounterRandom.Index(1, user, 0, Items);
            for (int k = 0; k < options.Candidates; k++)
            {
                // A step that is prime to the number of items meets each of them once.
                block.Items[(user * options.Candidates) + k] = (int)((first + (7_919L * k)) % Items);
                block.Scores[(user * options.Candidates) + k] = 1f / (60 + k);
            }
            block.Lengths[user] = options.Candidates;
        }
        return ReciprocalRankFusion.Fuse([block], [1], options.Candidates);
    }

    static ReRankingData Data(ReRankingBenchmarkOptions options)
    {
        var catalog = new ItemCatalogBuilder(Items);
        for (int item = 0; item < Items; item++)
            for (int k = 0; k < 2; k++)
                catalog.AddCategory(item, CounterRandom.Index(2, item, k, Categories).ToString(CultureInfo.InvariantCulture));
        var builder = new SnapshotBuilder(["buy"]);
        builder.Users.Declare(IdKind.Int32, "benchmark");
        builder.Items.Declare(IdKind.Int32, "benchmark");
        for (int item = 0; item < Items; item++)
            builder.Add(builder.Users.Add(item % options.Users), builder.Items.Add(item), 0, float.NaN, item);
        for (int user = 0; user < options.Users; user++)
            for (int n = 0; n < HistoryLength; n++)
                builder.Add(builder.Users.Add(user), builder.Items.Add(CounterRandom.Index(3, user, n, Items)), 0, float.NaN, n);
        var snapshot = builder.Build() with { Catalog = catalog.Build() };
        float[] factors = [.. Enumerable.Range(0, Items * options.Factors).Select(n => (float)CounterRandom.Normal(4, n, 0))];
        return new ReRankingData(
            new TrainingData(snapshot, Weigher.Weigh(snapshot, new WeighingOptions { Events = [new EventWeight("buy")] })),
            new FactorSimilarity(factors, options.Factors));
    }
}
