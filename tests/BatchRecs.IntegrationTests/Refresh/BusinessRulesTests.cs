using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>What the shop wants, from the job file and its queries into the tables that readers see.</summary>
public sealed class BusinessRulesTests
{
    const string Rules = """
        [
          { action: pin, items: ["00003"], rank: 2 },
          { action: pin, category: garden, rank: 1, segment: club },
          { action: block, items: ["00001"] },
          { action: block, query: jobs/queries/recalled.sql },
          { action: block, category: toys, segment: club },
          { query: jobs/queries/campaigns.sql }
        ]
        """;

    [Fact]
    public async Task Pins_boosts_and_blocks_reach_the_lists_of_everybody_and_of_segments()
    {
        await using var project = await ShopWithRulesAsync();
        var before = await ShopBeforeAsync();

        var lists = await project.PublishAsync();

        var main = lists.Main.Select(Row.Of).ToList();
        var again = lists.Again.Select(Row.Of).ToList();
        Assert.DoesNotContain(main.Concat(again), row => row.Item is "00001" or "00002");
        Assert.DoesNotContain(lists.Similar, row => row.Split(' ')[0] is "00001" or "00002" || row.Split(' ')[2] is "00001" or "00002");
        Assert.DoesNotContain(lists.Popular, row => row.Split(' ')[3] is "00001" or "00002");
        Assert.Contains(before, row => row.Item is "00001" or "00002");
        Assert.All(main.Where(row => row.Item == "00003" && row.Rank == 2), row => Assert.Equal("pin", row.Source));
        Assert.InRange(main.Count(row => row is { Item: "00003", Rank: 2, Source: "pin" }), 100, SomeShop.Users);
        Assert.DoesNotContain(main.Concat(again), row => IsInClub(row.User) && Category(row.Item) == 2);
        Assert.Contains(main, row => !IsInClub(row.User) && Category(row.Item) == 2);
        Assert.All(
            main.Where(row => row is { Rank: 1, Source: "pin" }), row => Assert.True(IsInClub(row.User) && Category(row.Item) == 0));
        Assert.Contains(main, row => row is { Rank: 1, Source: "pin" });
        Assert.True(main.Count(row => row.Item == "00008") > before.Count(row => row.Item == "00008"));
        Assert.True(main.Count(row => row.Item == "00004") < before.Count(row => row.Item == "00004"));
        Assert.Equal(["00012"], main.Where(row => row is { Rank: 3, Source: "pin" }).Select(row => row.Item).Distinct());
    }

    /// <summary>Who is in a segment is held in the extract, so a person who asks is told.</summary>
    [Fact]
    public async Task The_segments_of_a_person_are_part_of_what_is_held()
    {
        await using var project = await ShopWithRulesAsync();
        await project.PublishAsync();
        var export = new PersonalExport(project.Context, project.Log, project.Clock);

        var member = Assert.Single((await export.RunAsync("00003", null, CancellationToken.None)).Recommenders);
        var other = Assert.Single((await export.RunAsync("00077", null, CancellationToken.None)).Recommenders);

        Assert.Equal(["club"], member.Segments);
        Assert.Empty(other.Segments);
    }

    [Fact]
    public async Task A_changed_query_of_a_rule_changes_the_lists_of_the_next_run()
    {
        await using var project = await ShopWithRulesAsync();
        await project.PublishAsync();
        Write(project, "recalled", "select '00005' as item_id");

        var after = await project.PublishAsync();

        Assert.DoesNotContain(after.Main.Select(Row.Of), row => row.Item == "00005");
        Assert.Contains(after.Main.Select(Row.Of), row => row.Item == "00002");
        Assert.Equal(RunState.Unchanged, (await project.RunAsync()).State);
    }

    [Fact]
    public async Task A_row_that_is_no_rule_ends_the_run_and_says_what_is_wrong()
    {
        await using var project = await ShopWithRulesAsync();
        Write(project, "campaigns", "select '00004' as item_id, 'hide' as action, 0 as value");

        var error = await Assert.ThrowsAsync<InputDataException>(() => project.RunAsync());

        Assert.Equal(
            "rules[5].query (jobs/queries/campaigns.sql), item 00004: found an unknown action; expected pin, boost, bury or block. "
                + "Correct the row.",
            error.Message);
    }

    static async Task<RefreshProject> ShopWithRulesAsync()
    {
        var project = await RefreshProject.ShopAsync(job: new ShopJob()
            .With("segments", "{ club: jobs/queries/club.sql }")
            .With("rules", Rules.ReplaceLineEndings(" ")));
        Write(project, "club", "select distinct user_id from events where user_id < '00050'");
        Write(project, "recalled", "select item_id from items where item_id = '00002'");
        Write(
            project,
            "campaigns",
            """
            select '00004' as item_id, 'bury' as action, null as value, null as segment
            union all select '00008', 'boost', 3.5, null
            union all select '00012', 'pin', 3, 'club'
            union all select 'none', 'block', null, null
            """);
        return project;
    }

    static async Task<List<Row>> ShopBeforeAsync()
    {
        await using var project = await RefreshProject.ShopAsync();
        return [.. (await project.PublishAsync()).Main.Select(Row.Of)];
    }

    static void Write(RefreshProject project, string query, string sql)
    {
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        File.WriteAllText(project.InFolder($"jobs/queries/{query}.sql"), sql);
    }

    static bool IsInClub(string user) => string.CompareOrdinal(user, "00050") < 0;

    /// <summary>Returns the group of an item: garden, kitchen, toys, books.</summary>
    static int Category(string item) => (int.Parse(item, null) - 1) % 4;

    /// <summary>A row that readers see.</summary>
    sealed record Row(string User, int Rank, string Item, string Source)
    {
        public static Row Of(string line)
        {
            string[] fields = line.Split(' ');
            return new Row(fields[0], int.Parse(fields[1], null), fields[2], fields[4]);
        }
    }
}
