using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Privacy;
using BatchRecs.Store;
using BatchRecs.Store.Privacy;

namespace BatchRecs.IntegrationTests.Privacy;

/// <summary>The generated shop with one more customer, whose id breaks what is quoted and is found wherever it is.</summary>
/// <remarks>Events lie in PostgreSQL, so that no file of the project has a reason to hold the id but the serving store.</remarks>
static class PrivacyProject
{
    /// <summary>The part of the id that no escaping changes.</summary>
    public const string Word = "zz-planted-4711";

    /// <summary>The id of the customer.</summary>
    public const string User = $"o'Neil \"{Word}\" 🎬";

    /// <summary>Makes the project.</summary>
    /// <param name="serving">The kind of the serving store.</param>
    /// <param name="job">The job; null = the shop's own.</param>
    public static async Task<RefreshProject> CreateAsync(StoreProvider serving, ShopJob? job = null)
    {
        var project = await RefreshProject.ShopAsync(StoreProvider.Postgres, serving, IdKind.Text, job);
        await project.ExecuteAsync(Events(User));
        return project;
    }

    /// <summary>Returns the job of the shop with as little training as possible.</summary>
    public static ShopJob QuickJob() => new ShopJob()
        .With("scorers", "{ als: { factors: 4, iterations: 2 }, popular: {} }")
        .With("blend", "{ als: 1, popular: 0.1 }");

    /// <summary>Makes a table that lists users, and the query that reads it.</summary>
    public static async Task ListAsync(RefreshProject project, string table, params string[] users)
    {
        Directory.CreateDirectory(project.InFolder("jobs/queries"));
        await File.WriteAllTextAsync(project.InFolder($"jobs/queries/{table}.sql"), $"select user_id from {table}");
        await project.ExecuteAsync(
            [$"create table {table} (user_id text)", .. users.Select(user => $"insert into {table} values ('{Quoted(user)}')")]);
    }

    /// <summary>Gives a customer the events of customer 00001.</summary>
    public static string Events(string user) =>
        $"insert into events select '{Quoted(user)}', item_id, kind, value, at "
        + "from events where user_id = '00001'";

    public static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Adds an event of another customer, so that the next run makes a new release.</summary>
    public static Task AddEventAsync(RefreshProject project, int day) =>
        project.ExecuteAsync($"insert into events values ('00002', '00003', 'view', null, '2026-02-{day:00}T10:00:00Z')");

    public static Forgetting Forgetting(this RefreshProject project) => new(project.Context, project.Log, project.Clock);

    public static PersonalExport Export(this RefreshProject project) => new(project.Context, project.Log, project.Clock);

    /// <summary>Forgets a user of the shop.</summary>
    public static async Task<Erasure> ForgetAsync(this RefreshProject project, string user) =>
        Assert.Single(await project.Forgetting().ForgetAsync(user, null, "tester@here", CancellationToken.None));
}
