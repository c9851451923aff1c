using BatchRecs.Core.ReRanking;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.UnitTests.Runs;

/// <summary>
/// Which earlier nights say something of this one: a measurement holds while the same is learnt from the same sources, and figures of
/// releases are held against each other while nothing changes that lists are made of.
/// </summary>
public sealed class DefinitionHashTests
{
    static readonly RefreshJob Job = JobDefaults.Complete(new RefreshJob
    {
        Recommender = "shop",
        Sources = [new SourceOptions { Table = "events", Columns = new SourceColumns { User = "u", Item = "i", Time = "t" } }],
    });

    static readonly RuleOptions Rule = new() { Action = RuleAction.Boost, Items = ["a"], Factor = 2 };

    [Theory]
    [InlineData("window", true)]
    [InlineData("sources", true)]
    [InlineData("warehouse", true)]
    [InlineData("seed", true)]
    [InlineData("rules", true)]
    [InlineData("rules of a segment", false)]
    [InlineData("exclude", false)]
    [InlineData("minUsers", false)]
    [InlineData("threads", false)]
    public void A_measurement_holds_while_the_same_is_learnt_from_the_same_sources(string option, bool isOther) =>
        Assert.Equal(isOther, new StageKeys(Job).Definition != new StageKeys(Change(option)).Definition);

    [Theory]
    [InlineData("window", true)]
    [InlineData("sources", true)]
    [InlineData("seed", true)]
    [InlineData("rules", true)]
    [InlineData("rules of a segment", true)]
    [InlineData("exclude", true)]
    [InlineData("minUsers", false)]
    [InlineData("threads", false)]
    public void Releases_are_compared_while_nothing_changes_that_lists_are_made_of(string option, bool isOther) =>
        Assert.Equal(isOther, new StageKeys(Job).Configuration != new StageKeys(Change(option)).Configuration);

    [Fact]
    public void How_rows_are_found_again_needs_no_new_measurement()
    {
        var incremental = Job with { Sources = [Job.Sources[0] with { Incremental = new SourceIncremental() }] };

        Assert.Equal(new StageKeys(Job).Definition, new StageKeys(incremental).Definition);
    }

    static RefreshJob Change(string option) => option switch
    {
        "window" => Job with { Window = TimeSpan.FromDays(3) },
        "sources" => Job with { Sources = [Job.Sources[0] with { Event = "view" }] },
        "warehouse" => Job with { Stores = Job.Stores with { Warehouse = "other" } },
        "seed" => Job with { Seed = 43 },
        "rules" => Job with { Rules = [Rule] },
        "rules of a segment" => Job with { Rules = [Rule with { Segment = "club" }] },
        "exclude" => Job with { Exclude = new ExcludeOptions { Items = "select 1" } },
        "minUsers" => Job with { Guard = Job.Guard with { MinUsers = 9 } },
        "threads" => Job with { Threads = 3 },
        _ => throw new ArgumentException($"No change for '{option}'.", nameof(option)),
    };
}
