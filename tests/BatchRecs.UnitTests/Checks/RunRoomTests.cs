using BatchRecs.Pipeline;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Store;

namespace BatchRecs.UnitTests.Checks;

public sealed class RunRoomTests
{
    static readonly CostEstimate Cost = new(
        Events: 1, Users: 1, Items: 1, MemoryBytes: 3_000_000_000, DiskBytes: 40_000_000, ReleaseBytes: 500_000_000, TimeSpan.Zero);

    [Fact]
    public void Artifacts_and_a_SQLite_file_on_one_disk_are_added_up()
    {
        var needs = RunRoom.Of(Project(StoreProvider.Sqlite, "Data Source=/tmp/no-such-folder/store.db"), Job(), Cost);

        Assert.Equal([("memory", 3_000_000_000), ("disk", 540_000_000)], needs.Select(need => (need.What, need.NeededBytes)));
        Assert.Equal("/tmp/work/artifacts and /tmp/no-such-folder", needs[1].Where);
        Assert.All(needs, need => Assert.True(need.AvailableBytes > 0 && !need.IsLimit));
    }

    [Fact]
    public void The_disk_of_a_server_is_its_own() => Assert.Equal(
        [("memory", 3_000_000_000), ("disk", 40_000_000)],
        RunRoom.Of(Project(StoreProvider.Postgres, "Host=db"), Job(), Cost).Select(need => (need.What, need.NeededBytes)));

    [Fact]
    public void Limits_stand_in_for_what_there_is()
    {
        var job = Job() with { Limits = new LimitsOptions { Memory = new(2_000_000_000), Disk = new(40_000_000) } };

        var needs = RunRoom.Of(Project(StoreProvider.Postgres, "Host=db"), job, Cost);

        Assert.Equal([false, true], needs.Select(need => need.Fits));
        Assert.Equal(
            "a run needs about 3GB of memory; limits.memory allows 2GB (the limit of this process). A shorter window, fewer "
                + "scorers.als.factors or a larger machine help; limits.memory lets a run begin all the same.",
            needs[0].Message);
    }

    static ProjectContext Project(StoreProvider provider, string connection) => new(
        "/tmp",
        "/tmp/work",
        new Dictionary<string, StoreSettings> { ["serving"] = new("serving", provider, connection) },
        new SchemaNames());

    static RefreshJob Job() => new() { Recommender = "shop", Sources = [] };
}
