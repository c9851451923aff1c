using BatchRecs.Core.ReRanking;
using BatchRecs.Host.Engines;
using BatchRecs.Pipeline.Definitions;

namespace BatchRecs.UnitTests.Host;

/// <summary>Rights are given on every relation that a job names, and every query is listed, so that a run lacks none.</summary>
public sealed class JobRelationsTests
{
    static readonly SourceColumns Columns = new() { User = "u", Item = "i", Time = "t" };

    static readonly RefreshJob Definition = new()
    {
        Recommender = "shop",
        Sources =
        [
            new() { Table = "events", Columns = Columns, Incremental = new() { Deleted = new() { Table = "removed_events" } } },
            new() { Query = "q/events.sql", Columns = Columns, Incremental = new() { Deleted = new() { Query = "q/removed.sql" } } },
            new() { Table = "orders", Columns = Columns },
        ],
        Items = new() { Table = "items", Columns = new() { Item = "i" } },
        Exclude = new() { Items = "q/items.sql", Pairs = "q/pairs.sql" },
        Monitor = new() { Impressions = new() { Table = "shown", Columns = new() { User = "u", Item = "i", Time = "t" } } },
        Evaluate = new() { Segments = new() { Table = "customers", Columns = new() { User = "u", Segment = "s" } } },
        Segments = new Dictionary<string, string> { ["club"] = "q/club.sql" },
        Rules = [new() { Action = RuleAction.Block, Items = ["a"] }, new() { Query = "q/campaigns.sql" }],
        Privacy = new() { Forget = "q/forget.sql", OptOut = "q/opt_out.sql" },
    };

    static readonly LoadedJob Job = new(Definition, "jobs/shop.yaml", Text: "", Hash: "");

    [Fact]
    public void Sources_are_the_tables_of_events_of_deleted_rows_of_items_of_groups_of_users_and_of_impressions() =>
        Assert.Equal(["events", "removed_events", "orders", "items", "customers", "shown"], JobRelations.Sources(Job));

    [Fact]
    public void Queries_are_those_of_events_of_deleted_rows_of_exclusions_of_people_and_of_rules() =>
        Assert.Equal(
            [
                "q/events.sql", "q/removed.sql", "q/items.sql", "q/pairs.sql", "q/forget.sql", "q/opt_out.sql", "q/club.sql",
                "q/campaigns.sql",
            ],
            JobRelations.Queries(Job));
}
