using System.Data.Common;
using BatchRecs.Core.Data;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using Npgsql;

namespace BatchRecs.IntegrationTests.Serving;

/// <summary>
/// A person with nothing but SQL rolls back and forward in one statement, and everything that is told of releases stays right.
/// </summary>
public abstract class PointerContract(StoreProvider provider) : StoreContract(provider)
{
    static readonly IdMap Ids = Some.Ids(IdKind.Int64);

    string Pointer => Internal("movies_current");

    [Fact]
    public async Task One_statement_rolls_back()
    {
        var (first, second) = await TwoReleasesAsync();

        await ExecuteAsync($"update {Pointer} set release_id = {first}");

        Assert.Equal([1.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        Assert.Equal([first], await QueryAsync<long>($"select release_id from {View("releases")} where is_current"));
        var back = (await Releases.GetAsync(first, None))!;
        var withdrawn = (await Releases.GetAsync(second, None))!;
        Assert.Equal(("current", (DateTimeOffset?)null), (back.Standing, back.RetiredAt));
        Assert.Equal("withdrawn", withdrawn.Standing);
        Assert.EndsWith("sql", withdrawn.WithdrawnBy, StringComparison.Ordinal);
        Assert.Equal(
            (back.PublishedAt, back.PublishedAt), (withdrawn.RetiredAt, withdrawn.WithdrawnAt));
        Assert.True(back.PublishedAt > Now.AddDays(1));
    }

    [Fact]
    public async Task One_statement_rolls_forward_and_takes_the_withdrawal_back()
    {
        var (first, second) = await TwoReleasesAsync();
        await ExecuteAsync($"update {Pointer} set release_id = {first}");

        await ExecuteAsync($"update {Pointer} set release_id = {second}");

        Assert.Equal([2.0], await QueryAsync<double>($"select distinct score from {View("movies_recommendations")}"));
        Assert.Equal(["current", "retired"], (await Releases.ListAsync("movies", None)).Select(release => release.Standing));
    }

    [Fact]
    public async Task A_release_that_readers_must_not_get_is_refused()
    {
        var (first, second) = await TwoReleasesAsync();
        await Releases.EnsureRecommenderAsync(Some.Spec("books"), None);
        long book = await Some.ReleaseAsync(Releases, "books", Ids, Ids);
        long refused = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, key: "refused");
        await Releases.JudgeAsync(refused, "Too few users.", None);
        await using var writer = await Releases.BeginAsync("movies", Some.Start("begun"), Ids, Ids, Now, None);

        foreach (string target in (string[])[$"{book}", $"{refused}", $"{writer.ReleaseId}", "999", "null"])
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync($"update {Pointer} set release_id = {target}"));

        Assert.Equal([second], await QueryAsync<long>($"select release_id from {Pointer}"));
        Assert.Equal(
            ["building", "refused", "current", "retired"],
            (await Releases.ListAsync("movies", None)).Select(release => release.Standing));
        Assert.Equal(first, (await Releases.RollbackAsync("movies", null, Now.AddDays(3), None)).ReleaseId);
    }

    [Fact]
    public async Task A_guard_that_changes_its_mind_lets_the_release_through()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long release = await Some.ReleaseAsync(Releases, "movies", Ids, Ids);
        await Releases.JudgeAsync(release, "Too few users.", None);

        await Releases.JudgeAsync(release, null, None);
        await Releases.PublishAsync(release, Now, None);

        Assert.Equal("current", (await Releases.GetAsync(release, None))!.Standing);
    }

    protected async Task<(long First, long Second)> TwoReleasesAsync()
    {
        await Releases.EnsureRecommenderAsync(Some.Spec(), None);
        long first = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 1, key: "first");
        await Releases.PublishAsync(first, Now, None);
        long second = await Some.ReleaseAsync(Releases, "movies", Ids, Ids, score: 2, key: "second");
        await Releases.PublishAsync(second, Now.AddDays(1), None);
        return (first, second);
    }
}

public sealed class SqlitePointerTests() : PointerContract(StoreProvider.Sqlite);

public sealed class PostgresPointerTests() : PointerContract(StoreProvider.Postgres)
{
    [Fact]
    public async Task Who_may_move_the_pointer_needs_no_right_on_releases_and_is_named()
    {
        var (first, second) = await TwoReleasesAsync();
        await ExecuteAsync(
            """
            create role pager login;
            grant usage on schema batchrecs to pager;
            grant update (release_id) on batchrecs.movies_current to pager;
            """);

        await using (var connection = new NpgsqlConnection(Settings.Connection.Replace("Username=postgres", "Username=pager")))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"update batchrecs.movies_current set release_id = {first}", connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(("withdrawn", "pager via sql"), await Releases.GetAsync(second, None) is { } release
            ? (release.Standing, release.WithdrawnBy)
            : default);
    }
}
