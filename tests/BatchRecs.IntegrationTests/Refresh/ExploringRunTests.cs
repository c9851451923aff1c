using System.Globalization;
using BatchRecs.Core.Errors;
using BatchRecs.Pipeline.Exploration;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using Dapper;

namespace BatchRecs.IntegrationTests.Refresh;

/// <summary>A job that explores, from its file to the report on what it learnt.</summary>
public sealed class ExploringRunTests
{
    const string Exploring = "{ ranks: [3], pool: all, poolSize: 20, share: 1, temperature: 1, outcomes: "
        + "{ table: shown, columns: { user: user_id, item: item_id, time: at, reward: clicked } } }";

    static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task One_place_of_each_list_is_drawn_the_same_on_both_stores_and_all_else_is_as_before()
    {
        await using var plain = await RefreshProject.ShopAsync(job: Quick());
        await using var sqlite = await RefreshProject.ShopAsync(job: Quick().With("explore", Exploring));
        await using var postgres = await RefreshProject.ShopAsync(StoreProvider.Postgres, job: Quick().With("explore", Exploring));

        var before = await plain.PublishAsync();
        var served = await sqlite.PublishAsync();
        var elsewhere = await postgres.PublishAsync();

        Assert.Equal(served.All, elsewhere.All);
        Assert.Equal(before.Main.Where(row => !IsThird(row)), served.Main.Where(row => !IsThird(row)));
        Assert.All(served.Main.Where(IsThird), row => Assert.Equal("explore", row.Split(' ')[4]));
        Assert.DoesNotContain(served.Main.Where(IsThird), row => row.EndsWith(" 1 default", StringComparison.Ordinal));
        Assert.Equal(before.Again, served.Again);
        Assert.Equal(before.Similar.Concat(before.Popular), served.Similar.Concat(served.Popular));
    }

    [Fact]
    public async Task Outcomes_of_drawn_items_become_a_report()
    {
        await using var project = await RefreshProject.ShopAsync(job: Quick().With("explore", Exploring));
        await project.PublishAsync();
        // Every drawn item is shown five times, an hour after the publication; what the blend likes is clicked every time.
        string at = project.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await using (var connection = await project.Serving.OpenAsync(readOnly: false, None))
            await connection.ExecuteAsync(
                $"""
                create table shown (user_id text, item_id text, at text, clicked real);
                insert into shown
                select user_id, item_id, '{at}', case when item_id = best_item_id then 1 else 0.2 end
                from shop_exploration, (select 1 union all select 2 union all select 3 union all select 4 union all select 5) as times
                """);
        project.Clock.Now = project.Clock.Now.AddDays(1);

        var findings = await Measure(project);

        Assert.Equal((1, 300L, 1_500L, 1_500L), (findings.Releases, findings.Draws, findings.LogRows, findings.MatchedRows));
        Assert.Equal(["explore", "blend", "uniform"], findings.Report.Policies.Select(policy => policy.Target));
        var explore = findings.Report.Policies[0];
        Assert.Null(explore.Refusal);
        Assert.InRange(explore.Estimates[0].Value, 0.2, 0.5);
        Assert.All(findings.Report.Policies, policy => Assert.InRange(
            Math.Abs(policy.MeanWeight - 1), 0, (3 * policy.MeanWeightError) + 1e-9));
        // Twenty items and 300 users: too few outcomes are effective for what takes the best alone.
        Assert.StartsWith("the 1,500 outcomes say as much as", findings.Report.Policies[1].Refusal);
    }

    [Fact]
    public async Task Without_a_log_or_a_release_there_is_no_report_and_the_message_says_why()
    {
        await using var project = await RefreshProject.ShopAsync(job: Quick().With("explore", "{ ranks: [3] }"));

        var unlogged = await Assert.ThrowsAsync<ConfigurationException>(() => Measure(project));
        project.Write(Quick().With("explore", Exploring));
        await new Migrator(project.Serving, project.Clock).MigrateAsync(None);
        var unpublished = await Assert.ThrowsAsync<ConfigurationException>(() => Measure(project));

        Assert.EndsWith("expected the key explore.outcomes.", unlogged.Message, StringComparison.Ordinal);
        Assert.StartsWith("shop has no published release with drawn items.", unpublished.Message, StringComparison.Ordinal);
    }

    static Task<ExplorationFindings> Measure(RefreshProject project) =>
        new ExplorationMeasurement(project.Context, project.Log, project.Clock).RunAsync(RefreshProject.JobPath, None);

    static ShopJob Quick() => new ShopJob()
        .With("scorers", "{ als: { factors: 4, iterations: 2 }, popular: {} }")
        .With("blend", "{ als: 1, popular: 0.1 }")
        .With("evaluate", "{ when: weekly, holdout: 20%, at: [5, 10] }");

    static bool IsThird(string row) => row.Split(' ')[1] == "3";
}
