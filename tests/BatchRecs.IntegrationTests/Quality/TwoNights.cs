using System.Globalization;
using BatchRecs.Core.Evaluation;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store;
using BatchRecs.Store.Quality;

namespace BatchRecs.IntegrationTests.Quality;

/// <summary>
/// A shop that published a release; then customer 1 took what stood first on the list, customer 2 what stood second, customer 3 what
/// stood fifth and customer 4 something else; then the next run. Customers 1 and 4 were shown what they took.
/// </summary>
public abstract class TwoNights(StoreProvider provider) : IAsyncLifetime
{
    internal RefreshProject Project { get; private set; } = null!;

    internal RunOutcome Second { get; private set; } = null!;

    /// <summary>Gets when the first release was published.</summary>
    public DateTimeOffset PublishedAt { get; private set; }

    internal RecommenderQuality Quality => new(Project.Serving, ShopJob.Name);

    /// <summary>The job, whose clock is the wall clock.</summary>
    internal static ShopJob Job => new ShopJob().With("asOf", "now").With(
        "monitor",
        "{ maxGini: 0, minCoverage: 0, maxRecommended: 0.4, impressions: { table: shown, "
        + "columns: { user: user_id, item: item_id, time: at } } }");

    public async Task InitializeAsync()
    {
        Project = await RefreshProject.ShopAsync(provider, job: Job);
        await Project.ExecuteAsync(
            $"create table shown (user_id text, item_id text, at {(provider == StoreProvider.Postgres ? "timestamptz" : "text")})");
        PublishedAt = Project.Clock.Now;
        var served = ListsOf(await Project.PublishAsync());
        string other = Unseen("00004", served["00004"]);
        await TakeAsync("00001", served["00001"][0], "2026-03-01T10:00:00Z");
        await TakeAsync("00002", served["00002"][1], "2026-03-01T11:00:00Z");
        await TakeAsync("00003", served["00003"][4], "2026-03-01T12:00:00Z");
        await TakeAsync("00004", other, "2026-03-01T13:00:00Z");
        await ShowAsync("00001", served["00001"][0], "2026-03-01T09:00:00Z");
        await ShowAsync("00002", served["00002"][1], "2026-03-01T12:00:00Z");
        await ShowAsync("00004", other, "2026-03-01T12:59:59Z");
        Project.Clock.Now = PublishedAt.AddDays(1);
        Second = await Project.RunAsync();
    }

    public async Task DisposeAsync() => await Project.DisposeAsync();

    internal Task TakeAsync(string user, string item, string at) =>
        Project.ExecuteAsync($"insert into events values ('{user}', '{item}', 'purchase', null, '{at}')");

    Task ShowAsync(string user, string item, string at) =>
        Project.ExecuteAsync($"insert into shown values ('{user}', '{item}', '{at}')");

    /// <summary>Returns the items of each user's list, best first.</summary>
    internal static Dictionary<string, string[]> ListsOf(Refresh.ServedLists lists) => lists.Main
        .Select(row => row.Split(' '))
        .GroupBy(row => row[0])
        .ToDictionary(
            list => list.Key,
            list => list.OrderBy(row => int.Parse(row[1], CultureInfo.InvariantCulture)).Select(row => row[2]).ToArray());

    static string Unseen(string user, string[] list) => Enumerable.Range(1, SomeShop.Items)
        .Select(number => number.ToString("00000", CultureInfo.InvariantCulture))
        .First(item => !list.Contains(item)
            && !SomeShop.Events.Any(e => $"{e.User + 1:00000}" == user && $"{e.Item + 1:00000}" == item));
}

public sealed class SqliteTwoNights() : TwoNights(StoreProvider.Sqlite);

public sealed class PostgresTwoNights() : TwoNights(StoreProvider.Postgres);

/// <summary>What a run keeps of the lists that were served until then, and of those that are served next, on every store.</summary>
public abstract class QualityContract(TwoNights nights)
{
    [Fact]
    public async Task The_served_lists_are_scored_against_what_users_took_since()
    {
        var night = Assert.Single(await nights.Quality.ListAsync(10, default));

        var at = night.Report.At[0];
        Assert.Equal((1, 2, 4, 0), (night.ReleaseId, night.RunId, night.Report.Users, night.Report.WithoutList));
        Assert.Equal([5, 10], night.Report.At.Select(length => length.Length));
        Assert.Equal((1 + (1 / Math.Log2(3)) + (1 / Math.Log2(6)) + 0) / 4, at.Metrics[RankingMetric.Ndcg].Served.Estimate, 12);
        Assert.Equal(0.75, at.Metrics[RankingMetric.HitRate].Served.Estimate, 12);
        Assert.Equal([1, 1, 0, 0, 1], night.Report.Ranks.Select(rank => rank.Hits));
        Assert.Equal(20, night.Report.Sources.Sum(source => source.Shown));
    }

    [Fact]
    public async Task The_time_that_counts_begins_with_the_publication_and_ends_with_the_run()
    {
        var night = Assert.Single(await nights.Quality.ListAsync(10, default));

        Assert.Equal(Micros.Of(nights.PublishedAt), night.Report.Since);
        Assert.Equal(Micros.Of(nights.PublishedAt.AddDays(1)) + 1, night.Report.Until);
    }

    /// <summary>Customer 1 was shown it an hour before, customer 4 a second; customer 2 only afterwards.</summary>
    [Fact]
    public async Task What_was_shown_before_it_was_taken_is_counted()
    {
        var night = Assert.Single(await nights.Quality.ListAsync(10, default));

        Assert.Equal(new RecommendedShare(4, 2), night.Report.Recommended);
        Assert.Contains(
            "shop: 0.5 of what users took was shown to them before, monitor.maxRecommended is 0.4", nights.Project.Log.Warnings);
    }

    [Fact]
    public async Task The_figures_of_each_release_are_kept_and_compared_with_those_of_the_one_before()
    {
        var figures = await nights.Quality.FiguresAsync(10, default);

        Assert.Equal([2, 1], figures.Select(release => release.ReleaseId));
        Assert.Null(figures[1].Report.Churn);
        Assert.Equal((1, SomeShop.Users), (figures[0].Report.PreviousReleaseId, figures[0].Report.Churn!.Users));
        Assert.InRange(figures[0].Report.Churn!.Jaccard, 0.5, 0.999);
        Assert.InRange(figures[0].Report.Gini, 0.1, 0.9);
        Assert.NotNull(figures[0].Report.ScoreDrift);
        Assert.NotNull(figures[0].Report.PopularityDrift);
    }

    [Fact]
    public async Task A_limit_that_is_crossed_is_told_and_kept_and_refuses_nothing()
    {
        var figures = (await nights.Quality.FiguresAsync(10, default))[0].Report;

        string warning = FormattableString.Invariant($"Gini@10 is {figures.Gini:0.####}, monitor.maxGini is 0");
        Assert.Equal([warning], figures.Warnings);
        Assert.Contains($"shop: release 2: {warning}", nights.Project.Log.Warnings);
        Assert.Equal(RunState.Published, nights.Second.State);
    }

    [Fact]
    public async Task Two_releases_are_compared_user_by_user()
    {
        var found = await new ReleaseDiff(nights.Project.Serving).RunAsync(ShopJob.Name, 1, 2, depth: 10, top: 3, default);

        var kept = (await nights.Quality.FiguresAsync(1, default))[0].Report.Churn!;
        Assert.Equal((0, 0), (found.UsersOnlyBefore, found.UsersOnlyAfter));
        Assert.Equal((kept.Users, kept.Jaccard, kept.Changed), (found.Churn!.Users, found.Churn.Jaccard, found.Churn.Changed));
        Assert.Equal(3, found.Shifts.Count);
        Assert.Equal(3, found.MostChanged.Count);
        Assert.Equal(found.MostChanged.Select(user => user.RankBiased).Order(), found.MostChanged.Select(user => user.RankBiased));
    }

    [Fact]
    public async Task A_release_equals_itself()
    {
        var found = await new ReleaseDiff(nights.Project.Serving).RunAsync(ShopJob.Name, 2, 2, depth: 10, top: 3, default);

        Assert.Equal(1, found.Churn!.RankBiased, 12);
        Assert.Equal((0, 0, 0), (found.Churn.Changed, found.ItemsIn, found.ItemsOut));
        Assert.Empty(found.MostChanged);
    }
}

public sealed class SqliteQualityTests(SqliteTwoNights nights) : QualityContract(nights), IClassFixture<SqliteTwoNights>;

public sealed class PostgresQualityTests(PostgresTwoNights nights) : QualityContract(nights), IClassFixture<PostgresTwoNights>;
