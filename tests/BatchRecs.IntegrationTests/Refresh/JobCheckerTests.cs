using BatchRecs.Pipeline.Checks;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>What <c>check</c> says of a job, its connections, its cost and its data; it writes nothing.</summary>
public sealed class JobCheckerTests
{
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_sound_job_with_enough_data_has_no_findings(StoreProvider provider)
    {
        await using var project = await RefreshProject.ShopAsync(provider);

        var check = await CheckAsync(project);

        Assert.Empty(check.Findings);
        Assert.False(check.HasErrors);
        Assert.Equal(RefreshProject.JobPath, check.Job);
        Assert.Equal((SomeShop.Events.Count, 300, 78), (check.Estimate!.Events, check.Estimate.Users, check.Estimate.Items));
        Assert.Equal(
            (78, 300, DataVerdict.Fit), (check.Sufficiency!.Items, check.Sufficiency.UsersWithThreeEvents, check.Sufficiency.Verdict));
        Assert.InRange(check.Sufficiency.HoldoutUsers, 200, 300);
    }

    /// <summary>
    /// 300 users with 10 main and 5 again rows, 78 items with 4 similar and one statistics row, 10 popular rows, 55 bytes each in SQLite.
    /// </summary>
    [Fact]
    public async Task The_cost_is_that_of_the_rows_that_a_release_will_have()
    {
        await using var project = await RefreshProject.ShopAsync();

        var check = await CheckAsync(project);

        Assert.Equal(55 * ((300 * 15) + (78 * 5) + 10), check.Estimate!.ReleaseBytes);
        Assert.InRange(check.Estimate.MemoryBytes, 50L << 20, 200L << 20);
        Assert.InRange(check.Estimate.Duration, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Few_users_are_enough_for_popular_lists_only()
    {
        await using var project = await RefreshProject.ShopAsync(events: [.. SomeShop.Events.Where(e => e.User < 40)]);

        var check = await CheckAsync(project);

        Assert.Equal(DataVerdict.PopularListsAreEnough, check.Sufficiency!.Verdict);
        Assert.Equal(40, check.Sufficiency.UsersWithThreeEvents);
        Assert.False(check.HasErrors);
    }

    [Fact]
    public async Task Rules_that_mean_no_item_are_warned_of()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("rules", "[ "
            + "{ action: block, items: [00003] }, { action: block, items: ['3'] }, { action: block, category: gardn } ]"));

        var check = await CheckAsync(project);

        Assert.Equal(["rules[1]", "rules[2]"], check.Findings.Select(finding => finding.Where));
        Assert.Equal("it means no item that has an event.", check.Findings[0].Message);
        Assert.False(check.HasErrors);
    }

    [Fact]
    public async Task A_handful_of_events_is_too_little()
    {
        await using var project = await RefreshProject.ShopAsync(events: [.. SomeShop.Events.Take(20)]);

        var check = await CheckAsync(project);

        Assert.Equal(DataVerdict.TooLittle, check.Sufficiency!.Verdict);
    }

    [Fact]
    public async Task A_shop_younger_than_the_holdout_has_nobody_to_test_on()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("evaluate", "{ holdout: 200d, at: [5] }"));

        var check = await CheckAsync(project);

        Assert.Equal((0, DataVerdict.PopularListsAreEnough), (check.Sufficiency!.HoldoutUsers, check.Sufficiency.Verdict));
    }

    [Fact]
    public async Task Every_mistake_of_the_file_is_a_finding_of_its_own()
    {
        await using var project = await RefreshProject.ShopAsync(
            job: new ShopJob().With("guard", "{ minUsrs: 3 }").With("timeZone", "Moon/Base"));

        var check = await CheckAsync(project);

        Assert.True(check.HasErrors);
        Assert.Null(check.Estimate);
        Assert.Null(check.Sufficiency);
        Assert.All(check.Findings, finding => Assert.Contains(RefreshProject.JobPath, finding.Message, StringComparison.Ordinal));
        Assert.Contains(check.Findings, finding => finding.Message.Contains("guard.minUsrs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_missing_table_and_a_missing_column_are_both_found(StoreProvider provider)
    {
        var job = new ShopJob()
            .With(
                "sources",
                "[ { table: nowhere, columns: { user: u, item: i, time: t }, event: view }, "
                + "{ table: events, columns: { user: usr_id, item: item_id, time: at }, event: view } ]")
            .With("events", "{ view: {} }")
            .With("items", "{ table: items, columns: { item: item_id, title: nam } }");
        await using var project = await RefreshProject.ShopAsync(provider, job: job);

        var check = await CheckAsync(project);

        Assert.True(check.HasErrors);
        Assert.Null(check.Estimate);
        foreach (string found in (string[])["sources[0] (nowhere)", "sources[1] (events)", "items (items)"])
            Assert.Contains(
                check.Findings, finding => finding.Severity == Severity.Error && finding.Where.StartsWith(found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task Two_lists_of_people_that_cannot_be_read_are_each_found_with_their_own_reason(StoreProvider provider)
    {
        var job = new ShopJob().With("privacy", "{ forget: jobs/forget.sql, optOut: jobs/opt_out.sql }");
        await using var project = await RefreshProject.ShopAsync(provider, job: job);
        File.WriteAllText(project.InFolder("jobs/forget.sql"), "select user_id from nowhere");
        File.WriteAllText(project.InFolder("jobs/opt_out.sql"), "select user_id from somewhere");

        var check = await CheckAsync(project);

        Assert.Equal(["privacy", "privacy"], check.Findings.Select(finding => finding.Where));
        Assert.Contains("nowhere", check.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("somewhere", check.Findings[1].Message, StringComparison.Ordinal);
    }

    /// <summary>Such a query is described without an error, and its error ends the transaction.</summary>
    [Fact]
    public async Task A_list_that_fails_while_it_is_read_hides_nothing_about_the_other()
    {
        var job = new ShopJob().With("privacy", "{ forget: jobs/forget.sql, optOut: jobs/opt_out.sql }");
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, job: job);
        File.WriteAllText(project.InFolder("jobs/forget.sql"), "select cast(1 / (length(user_id) - 5) as text) as user_id from events");
        File.WriteAllText(project.InFolder("jobs/opt_out.sql"), "select user_id from events where user_id = '00001'");

        var check = await CheckAsync(project);

        var finding = Assert.Single(check.Findings, finding => finding.Severity == Severity.Error);
        Assert.Contains("division by zero", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_nobody_configured_is_named_with_those_that_exist()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("stores", "{ serving: servng }"));

        var check = await CheckAsync(project);

        var finding = Assert.Single(check.Findings);
        Assert.Equal((Severity.Error, "stores.serving"), (finding.Severity, finding.Where));
        Assert.Contains(
            "'servng', but there is no such store; configured are: serving, warehouse.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_and_unknown_event_types_are_warnings_with_their_numbers()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.ExecuteAsync(
            "insert into events values ('00001', null, 'view', null, '2026-02-01T00:00:00Z'), "
            + "('00001', '00002', 'glance', null, '2026-02-01T00:00:00Z')");

        var check = await CheckAsync(project);

        Assert.False(check.HasErrors);
        Assert.Equal(
            ["1 bad rows: item is null.", "1 rows of the unknown event type 'glance' are left out."],
            check.Findings.Select(finding => finding.Message));
        Assert.All(check.Findings, finding => Assert.Equal((Severity.Warning, "sources[0] (events)"), (finding.Severity, finding.Where)));
    }

    [Fact]
    public async Task An_empty_source_is_an_error()
    {
        await using var project = await RefreshProject.ShopAsync();
        await project.ExecuteAsync("delete from events");

        var check = await CheckAsync(project);

        Assert.True(check.HasErrors);
        Assert.Contains("the sources hold no event", Assert.Single(check.Findings).Message, StringComparison.Ordinal);
    }

    /// <summary>More rows than are read are estimated; a view of a small table stands for them.</summary>
    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_large_source_is_estimated_without_reading_it(StoreProvider provider)
    {
        var job = new ShopJob()
            .With("sources", "[ { table: many, columns: { user: user_id, item: item_id, time: at, event: kind } } ]")
            .With("events", "{ purchase: {}, view: {}, rating: {} }")
            .With("limits", "{ memory: 10TB, disk: 10TB }");
        await using var project = await RefreshProject.ShopAsync(provider, job: job);
        string numbers = provider == StoreProvider.Postgres
            ? "generate_series(1, 20000)"
            : "(with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1500) select n from numbers)";
        await project.ExecuteAsync(
            "create view many as select events.user_id, events.item_id, events.kind, events.at from events "
            + $"cross join {numbers} as copies");

        var check = await CheckAsync(project);

        var finding = Assert.Single(check.Findings);
        Assert.Equal((Severity.Warning, "sources"), (finding.Severity, finding.Where));
        Assert.EndsWith(
            " rows: sizes are estimated, and bad rows and sufficiency are not looked at.", finding.Message, StringComparison.Ordinal);
        Assert.InRange(check.Estimate!.Events, 5_000_001, 200_000_000);
        Assert.Null(check.Sufficiency);
    }

    [Fact]
    public async Task A_run_that_would_not_fit_is_an_error_and_the_figures_are_shown()
    {
        await using var project = await RefreshProject.ShopAsync(job: new ShopJob().With("limits", "{ memory: 1MB }"));

        var check = await CheckAsync(project);

        Assert.Equal(["memory", "disk"], check.Needs.Select(need => need.What));
        Assert.Equal([false, true], check.Needs.Select(need => need.Fits));
        var finding = Assert.Single(check.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(("limits.memory", check.Needs[0].Message), (finding.Where, finding.Message));
        Assert.Equal(check.Estimate!.MemoryBytes, check.Needs[0].NeededBytes);
    }

    [Fact]
    public async Task A_check_writes_nothing()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Sqlite, StoreProvider.Postgres);

        await CheckAsync(project);

        await using var connection = await project.Serving.OpenAsync(readOnly: true, default);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from information_schema.schemata where schema_name in ('batchrecs', 'recs')";
        Assert.Equal(0L, await command.ExecuteScalarAsync());
        Assert.False(Directory.Exists(project.InFolder(".batchrecs")));
    }

    static Task<JobCheck> CheckAsync(RefreshProject project) =>
        new JobChecker(project.Context, project.Log, project.Clock).CheckAsync(RefreshProject.JobPath, default);
}
