using System.Text.Json;
using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>A person who asks gets all that is held about them, and nothing of anybody else.</summary>
public sealed class ExportTests
{
    static CancellationToken None => CancellationToken.None;

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task It_has_the_lists_of_every_release_the_events_and_the_vector(StoreProvider serving)
    {
        await using var project = await PrivacyProject.CreateAsync(serving, PrivacyProject.QuickJob());
        await project.PublishAsync();
        await PrivacyProject.AddEventAsync(project, 20);
        var newest = await project.PublishAsync();

        var data = await project.Export().RunAsync(PrivacyProject.User, null, None);

        Assert.Equal("1 of 1 recommenders hold data about this id.", data.Summary);
        var part = Assert.Single(data.Recommenders);
        Assert.Equal(
            [(2L, "recommendations", 10), (2L, "again", 5), (1L, "recommendations", 10), (1L, "again", 5)],
            part.Lists.Select(list => (list.ReleaseId, list.List, list.Items.Count)));
        Assert.Equal(
            newest.Main.Where(row => row.Contains(PrivacyProject.Word, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            part.Lists[0].Items.Select(item => $"{PrivacyProject.User} {item.Rank} {item.ItemId} {item.Score:R} {item.Source} "
                + $"{item.ReasonCode ?? "-"} {item.BecauseItemId ?? "-"} 1 default").Order(StringComparer.Ordinal));
        Assert.Equal(SomeShop.Events.Count(one => one.User == 0), part.Events.Count);
        Assert.Equal((false, null), (part.Forgotten, part.OptedOut));
        // The older extract was of the same as-of and is gone; nobody knows any more whose rows its model has.
        var vector = Assert.Single(part.Models);
        Assert.Equal(("als user-factors", 4), (vector.Model, vector.Numbers.Count));
        Assert.All(part.Lists.SelectMany(list => list.Items), item => Assert.StartsWith("Item ", part.Titles[item.ItemId]));
    }

    [Fact]
    public async Task It_has_nothing_of_anybody_else_and_explains_every_part()
    {
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, PrivacyProject.QuickJob());
        await project.ExecuteAsync("update events set user_id = 'somebody-else' where user_id = '00002'");
        await project.PublishAsync();

        var data = await project.Export().RunAsync(PrivacyProject.User, null, None);
        var json = JsonSerializer.SerializeToNode(data, JsonSerializerOptions.Web)!;

        Assert.DoesNotContain("somebody-else", json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            json["recommenders"]![0]!.AsObject().Select(part => part.Key).Except(["recommender", "holdsSomething"]).Order(),
            data.Explanations.Keys.Order());
    }

    [Fact]
    public async Task It_names_the_segment_that_somebody_is_measured_in()
    {
        const string Segments = "{ holdout: 20%, at: [5], segments: { table: customers, columns: { user: id, segment: country } } }";
        await using var project = await PrivacyProject.CreateAsync(
            StoreProvider.Sqlite, PrivacyProject.QuickJob().With("evaluate", Segments));
        await project.ExecuteAsync(
            "create table customers (id text, country text)",
            $"insert into customers values ('{PrivacyProject.Quoted(PrivacyProject.User)}', 'DE'), ('00002', 'NL')");
        await project.PublishAsync();

        var data = await project.Export().RunAsync(PrivacyProject.User, null, None);

        Assert.Equal(["DE"], data.Recommenders[0].Segments);
    }

    [Fact]
    public async Task It_says_that_nothing_is_held_about_an_unknown_user()
    {
        await using var project = await RefreshProject.ShopAsync(job: PrivacyProject.QuickJob());
        await project.PublishAsync();

        var data = await project.Export().RunAsync("nobody", RefreshProject.JobPath, None);

        Assert.Equal("Nothing is held about this id.", data.Summary);
    }

    [Fact]
    public async Task It_says_so_where_somebody_was_forgotten_or_has_opted_out()
    {
        var job = PrivacyProject.QuickJob().With("privacy", "{ optOut: jobs/queries/no_profile.sql }");
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, job);
        await PrivacyProject.ListAsync(project, "no_profile", "00001");
        await project.PublishAsync();
        await project.ForgetAsync(PrivacyProject.User);

        var forgotten = await project.Export().RunAsync(PrivacyProject.User, null, None);
        var optedOut = await project.Export().RunAsync("00001", null, None);

        Assert.Equal("Nothing is held about this id: it was forgotten.", forgotten.Summary);
        Assert.Equal((true, false), (forgotten.Recommenders[0].Forgotten, forgotten.Recommenders[0].OptedOut));
        Assert.Equal((false, true), (optedOut.Recommenders[0].Forgotten, optedOut.Recommenders[0].OptedOut));
    }

    [Fact]
    public async Task It_has_the_rows_that_incremental_runs_keep_also_of_somebody_who_has_opted_out()
    {
        var job = PrivacyProject.QuickJob().With("incremental", "true").With("privacy", "{ optOut: jobs/queries/no_profile.sql }");
        await using var project = await PrivacyProject.CreateAsync(StoreProvider.Sqlite, job);
        await PrivacyProject.ListAsync(project, "no_profile", PrivacyProject.User);
        await project.PublishAsync();

        var part = Assert.Single((await project.Export().RunAsync(PrivacyProject.User, null, None)).Recommenders);

        // What lies inside the overlap is read again every night, and so not kept.
        var cut = SomeShop.Events.Max(one => one.At).AddDays(-3);
        Assert.Equal(
            SomeShop.Events.Where(one => one.User == 0 && one.At <= cut)
                .Select(one => (one.Kind, one.Value, one.At)).Order(),
            part.Events.Select(one => (one.Type, one.Value, one.At)).Order());
        Assert.Equal((true, true, 0), (part.HoldsSomething, part.OptedOut, part.Lists.Count));
    }

    /// <summary>Nothing is learnt from them, but their rows are kept for the next extract.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Events_that_an_incremental_job_keeps_of_somebody_who_opted_out_are_shown(StoreProvider store)
    {
        var job = PrivacyProject.QuickJob().With("incremental", "true").With("privacy", "{ optOut: jobs/queries/no_profile.sql }");
        await using var project = await RefreshProject.ShopAsync(store, job: job);
        await PrivacyProject.ListAsync(project, "no_profile", "00001");
        await project.PublishAsync();

        var part = Assert.Single((await project.Export().RunAsync("00001", null, None)).Recommenders);

        Assert.Empty(part.Lists);
        Assert.NotEmpty(part.Events);
        Assert.All(part.Events, shown => Assert.Contains(SomeShop.Events, one => one.User == 0 && one.At == shown.At));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite, IdKind.Int64, "1")]
    [InlineData(StoreProvider.Postgres, IdKind.Uuid, "00000001-0000-4000-8000-0000000000FF")]
    public async Task Ids_of_other_kinds_are_found_too(StoreProvider store, IdKind kind, string user)
    {
        await using var project = await RefreshProject.ShopAsync(store, ids: kind, job: PrivacyProject.QuickJob());
        await project.PublishAsync();

        var part = Assert.Single((await project.Export().RunAsync(user, null, None)).Recommenders);

        Assert.Equal(["recommendations", "again"], part.Lists.Select(list => list.List));
        Assert.NotEmpty(part.Events);
        Assert.Single(part.Models);
    }
}
