using System.Text.Json;
using BatchRecs.IntegrationTests.Refresh;
using BatchRecs.Store;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>Names and the user's own SQL that look like SQL, tokens or parameters of ours are taken as what they are.</summary>
public sealed class HostileNamesTests
{
    const string Events = "Events\"; drop table items; -- {source} @userId";
    const string Items = "ítems'; delete from events; 日本";
    const string Live = "Live {seenTable} \"x\"";
    const string User = "user\"id; --";
    const string Item = "{item} @n'";
    const string Kind = "select";
    const string Time = "Time At";

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_job_of_hostile_names_publishes_the_lists_that_plain_names_publish(StoreProvider provider)
    {
        await using var plain = await ProjectAsync(provider, new ShopJob());
        var expected = await plain.PublishAsync();
        await using var hostile = await ProjectAsync(provider, HostileJob(Json(new { table = Events })));

        var served = await hostile.PublishAsync();

        Assert.Equal(expected.All, served.All);
        Assert.Contains(served.Popular, row => row.Contains("'; drop table items; --", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StoreProvider.Sqlite)]
    [InlineData(StoreProvider.Postgres)]
    public async Task A_query_may_hold_what_looks_like_tokens_parameters_and_ends(StoreProvider provider)
    {
        await using var plain = await ProjectAsync(provider, new ShopJob());
        var expected = await plain.PublishAsync();
        await using var hostile = await ProjectAsync(provider, HostileJob(Json(new { query = "jobs/queries/own.sql" })));
        Directory.CreateDirectory(hostile.InFolder("jobs/queries"));
        File.WriteAllText(
            hostile.InFolder("jobs/queries/own.sql"),
            $"-- {{source}} @userId ; '\nselect own.*, '{{columns}} @user ; --' as \"{{columns}}\" /* ; */\n"
                + $"from {Quoted(Events)} as own -- it's ;\n;");

        Assert.Equal(expected.All, (await hostile.PublishAsync()).All);
    }

    static async Task<RefreshProject> ProjectAsync(StoreProvider provider, ShopJob job)
    {
        var project = await RefreshProject.ShopAsync(provider, job: job);
        await project.ExecuteAsync(
            "update items set categories = '''; drop table items; --|{popularView}' where item_id < '00020'",
            $"create view {Quoted(Events)} as select user_id as {Quoted(User)}, item_id as {Quoted(Item)}, kind as {Quoted(Kind)}, "
            + $"value, at as {Quoted(Time)} from events",
            $"create view {Quoted(Items)} as select item_id as {Quoted(Item)}, title, categories from items",
            $"create view {Quoted(Live)} as select user_id as {Quoted(User)}, item_id as {Quoted(Item)} from events where 1 = 0");
        return project;
    }

    static ShopJob HostileJob(string source) => new ShopJob()
        .With(
            "sources",
            $"[ {source[..^1]}, \"columns\": "
                + $"{Json(new { user = User, item = Item, time = Time, value = "value", @event = Kind })} }} ]")
        .With("items", Json(new
        {
            table = Items,
            columns = new { item = Item, title = "title", categories = new { column = "categories", separator = "|" } },
        }))
        .With("live", Json(new { seen = new { table = Live, user = User, item = Item }, eligible = new { table = Items, item = Item } }));

    static string Json<T>(T value) => JsonSerializer.Serialize(value);

    static string Quoted(string name) => Database.Quote(name);
}
