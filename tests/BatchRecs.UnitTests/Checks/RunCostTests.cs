using BatchRecs.Core.Allocating;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Catalogs;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;

namespace BatchRecs.UnitTests.Checks;

public sealed class RunCostTests
{
    /// <summary>Runs that were measured: sizes, then memory, artifacts and growth of the store in MB, and seconds on two cores.</summary>
    /// <remarks>The seconds of the larger three are processor time divided by the 1.6 cores that the first one kept busy.</remarks>
    public static TheoryData<Measured> Runs =>
    [
        new(Events: 396_337, Users: 4_334, Items: 3_659, Factors: 64, HasAgain: true, Memory: 245, Disk: 13, Release: 36, Seconds: 11),
        new(Events: 400_000, Users: 20_000, Items: 5_000, Factors: 64, HasAgain: false, Memory: 336, Disk: 19, Release: 84, Seconds: 19),
        new(Events: 400_000, Users: 20_000, Items: 5_000, Factors: 128, HasAgain: false, Memory: 379, Disk: 22, Release: 86, Seconds: 41),
        new(Events: 1_500_000, Users: 60_000, Items: 10_000, Factors: 64, HasAgain: false,
            Memory: 1_024, Disk: 63, Release: 254, Seconds: 53),
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void An_estimate_is_within_a_factor_of_two_of_a_measured_run(Measured run)
    {
        var cost = RunCost.Of(Job(run.Factors, run.HasAgain), run.Events, run.Users, run.Items, StoreProvider.Sqlite);

        Assert.InRange(cost.MemoryBytes / 1e6 / run.Memory, 0.5, 2);
        Assert.InRange(cost.DiskBytes / 1e6 / run.Disk, 0.5, 2);
        Assert.InRange(cost.ReleaseBytes / 1e6 / run.Release, 0.5, 2);
        Assert.InRange(cost.Duration.TotalSeconds / run.Seconds, 0.5, 2);
    }

    [Fact]
    public void Every_part_of_an_estimate_is_the_sum_that_its_constants_say()
    {
        var cost = RunCost.Of(Job(factors: 10, hasAgain: false), events: 1_000_000, users: 6_000, items: 1_000, StoreProvider.Postgres);

        // 7,000 rows of 10 factors are 280,000 bytes; 6,000 · 100 + 1,000 · 21 + 100 = 621,100 rows are served.
        Assert.Equal(95_000_000 + 400_000_000 + 12_000_000 + (4 * 280_000), cost.MemoryBytes);
        Assert.Equal(33_000_000 + 280_000, cost.DiskBytes);
        Assert.Equal((600_000 * 25) + (21_100 * 120), cost.ReleaseBytes);
        // 4 · 12 · (2e8 + 7,000 · 1,000 / 3) + 20 · 6e6 = 9.832e9 operations at 5e10 a second.
        Assert.Equal(0.5 + 2 + 0.19664 + 1 + 2.4844, cost.Duration.TotalSeconds, tolerance: 1e-6);
    }

    [Fact]
    public void A_job_without_factors_pays_for_reading_measuring_and_loading_only()
    {
        var job = Job(factors: 10, hasAgain: false) with { Scorers = new Dictionary<string, object>() };

        var cost = RunCost.Of(job, events: 500_000, users: 6_000, items: 1_000, StoreProvider.Sqlite);

        Assert.Equal(0.5 + 1 + 1 + 2.4844, cost.Duration.TotalSeconds, tolerance: 1e-6);
        Assert.Equal(33 * 500_000, cost.DiskBytes);
    }

    [Theory]
    [InlineData(null, 0, 42)]
    [InlineData("row_id", 82, 74)]
    public void An_incremental_job_pays_for_the_rows_that_it_keeps(string? key, int memoryPerEvent, int diskPerEvent)
    {
        var columns = new SourceColumns { User = "user_id", Item = "item_id", Time = "at" };
        var changes = key is null ? null : new SourceIncremental { Key = key, Watermark = "changed_at" };
        var job = Job(factors: 10, hasAgain: false) with
        {
            Sources = [new SourceOptions { Table = "ratings", Columns = columns, Incremental = changes }],
        };

        var full = RunCost.Of(job, events: 1_000_000, users: 6_000, items: 1_000, StoreProvider.Sqlite);
        var cost = RunCost.Of(
            job with { Incremental = IncrementalOptions.On }, events: 1_000_000, users: 6_000, items: 1_000, StoreProvider.Sqlite);

        Assert.Equal(memoryPerEvent * 1_000_000, cost.MemoryBytes - full.MemoryBytes);
        Assert.Equal(diskPerEvent * 1_000_000, cost.DiskBytes - full.DiskBytes);
    }

    /// <summary>6,000 lists of 100 places, of 16 bytes each; caps look at ten candidates per rank, so at depth 20 at 200.</summary>
    [Theory]
    [InlineData(10, 9_600_000)]
    [InlineData(20, 19_200_000)]
    public void A_job_with_allocators_pays_for_all_lists_at_once(int depth, long bytes)
    {
        var job = Job(factors: 10, hasAgain: false);
        var allocate = new Choice<IAllocator>("exposure", new ExposureOptions { Depth = depth });

        var without = RunCost.Of(job, events: 500_000, users: 6_000, items: 1_000, StoreProvider.Sqlite);
        var cost = RunCost.Of(
            job with { Precompute = new PrecomputeOptions { Allocate = [allocate] } }, 500_000, 6_000, 1_000, StoreProvider.Sqlite);

        Assert.Equal(bytes, cost.ListBytes);
        Assert.Equal(bytes, cost.MemoryBytes - without.MemoryBytes);
    }

    static RefreshJob Job(int factors, bool hasAgain) => new()
    {
        Recommender = "shop",
        Sources = [],
        Scorers = new Dictionary<string, object> { ["als"] = new AlsOptions { Factors = factors, Iterations = 12 } },
        Again = hasAgain ? new AgainOptions() : null,
        Threads = 2,
    };

    public sealed record Measured(
        long Events, long Users, long Items, int Factors, bool HasAgain, double Memory, double Disk, double Release, double Seconds);
}
