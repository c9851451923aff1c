using BatchRecs.IntegrationTests.Host;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Checks;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>What <c>check</c> says of rights and of files that contradict each other, before a night finds it out.</summary>
public sealed class CheckRightsTests
{
    [Fact]
    public async Task A_role_that_may_not_make_the_schemas_is_told_before_the_first_run()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        string role = await PlainRoleAsync(project);

        var check = await CheckAsync(project, role);

        string database = new Npgsql.NpgsqlConnectionStringBuilder(role).Database!;
        string name = new Npgsql.NpgsqlConnectionStringBuilder(role).Username!;
        Assert.Equal(
            [
                $"schema batchrecs does not exist, and role {name} may not make it: CREATE on database {database} is missing",
                $"schema recs does not exist, and role {name} may not make it: CREATE on database {database} is missing",
            ],
            Messages(check, "stores.serving"));
    }

    [Fact]
    public async Task Schemas_and_tables_of_another_role_are_named()
    {
        await using var project = await RefreshProject.ShopAsync(StoreProvider.Postgres);
        await project.RunAsync();
        string role = await PlainRoleAsync(project);

        string[] messages = Messages(await CheckAsync(project, role), "stores.serving");

        string name = new Npgsql.NpgsqlConnectionStringBuilder(role).Username!;
        foreach (string right in (string[])["USAGE", "CREATE"])
            foreach (string schema in (string[])["batchrecs", "recs"])
                Assert.Contains($"role {name} lacks {right} on schema {schema}", messages);
        Assert.Contains($"6 tables and views in schema recs belong to role postgres, of which role {name} is no member", messages);
        Assert.Equal(6, messages.Length);
    }

    [Fact]
    public async Task A_live_relation_that_may_not_be_read_is_found()
    {
        await using var project = await RefreshProject.ShopAsync(
            StoreProvider.Postgres, job: new ShopJob().With("live", "{ eligible: { table: public.stock, item: item_id } }"));
        await project.ExecuteAsync("create table stock (item_id text)");
        string role = await PlainRoleAsync(project);

        string message = Assert.Single(Messages(await CheckAsync(project, role), "live"));

        Assert.Contains("permission denied for table stock", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_SQLite_file_that_does_not_exist_is_not_made()
    {
        await using var project = await RefreshProject.ShopAsync();
        string file = project.InFolder("new/serving.db");

        var check = await CheckAsync(project, $"Data Source={file}");

        Assert.Empty(check.Findings);
        Assert.False(Path.Exists(project.InFolder("new")));
    }

    [Fact]
    public async Task Two_files_that_make_one_recommender_in_one_store_are_both_told()
    {
        using var project = new SmallProject();
        File.Copy(project.InFolder("jobs/shop.yaml"), project.InFolder("jobs/shop_copy.yaml"));

        var (code, output, _) = await project.RunAsync("check");

        Assert.Equal(2, code);
        Assert.Equal(
            2,
            output.Split('\n').Count(line =>
                line == "  error: recommender: 'shop' is made in the same store by jobs/shop.yaml, jobs/shop_copy.yaml."));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("serve")]
    public async Task A_bad_job_and_a_bad_schedule_are_told_together(string command)
    {
        using var project = new SmallProject();
        project.Job("windw: 30d");
        project.EverySecond();
        File.WriteAllText(project.InFolder("schedules/broken.yaml"), "job: shop\ncron: \"never\"\n");

        var (code, output, error) = await project.RunAsync(command);

        Assert.Equal(2, code);
        Assert.Contains("jobs/shop.yaml:16: windw: unknown key", output + error, StringComparison.Ordinal);
        Assert.Contains("schedule broken: cron is 'never', which is not valid.", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_may_say_the_bare_name_of_a_job_and_prune_jobs_run_by_one()
    {
        using var project = new SmallProject();
        await project.RunAsync("run", "shop");
        Directory.CreateDirectory(project.InFolder("schedules"));
        File.WriteAllText(project.InFolder("jobs/tidy.yaml"), "kind: prune\nartifacts: { maxSize: 1kB }\n");
        File.WriteAllText(project.InFolder("schedules/tidy.yaml"), "job: tidy\ncron: \"* * * * * *\"\n");

        Assert.Equal(0, (await project.RunAsync("check")).Code);
        using var server = project.Start("serve", "--urls", "http://127.0.0.1:0");
        await server.LineAsync("jobs/tidy.yaml removed 0 releases, ");
        server.Terminate();
        Assert.Equal(0, (await server.EndAsync()).Code);

        var left = new DirectoryInfo(project.InFolder(".batchrecs/artifacts")).EnumerateFiles("*", SearchOption.AllDirectories);
        Assert.InRange(left.Sum(file => file.Length), 0, 1_000);
    }

    /// <summary>Makes a role that may read the shop and nothing else.</summary>
    static async Task<string> PlainRoleAsync(RefreshProject project)
    {
        var builder = new Npgsql.NpgsqlConnectionStringBuilder(project.Settings["serving"].Connection);
        string role = $"plain_{builder.Database}";
        await project.ExecuteAsync($"create role {role} login", $"grant select on events, items to {role}");
        builder.Username = role;
        return builder.ConnectionString;
    }

    static Task<JobCheck> CheckAsync(RefreshProject project, string serving) => new JobChecker(
        project.Context with
        {
            Stores = new Dictionary<string, StoreSettings>(project.Settings)
            {
                ["serving"] = project.Settings["serving"] with { Connection = serving },
            },
        },
        project.Log,
        project.Clock).CheckAsync(RefreshProject.JobPath, default);

    static string[] Messages(JobCheck check, string where) =>
        [.. check.Findings.Where(finding => finding.Where == where).Select(finding => finding.Message)];
}
