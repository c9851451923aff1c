using BatchRecs.Core.Errors;
using BatchRecs.Host.Engines;
using BatchRecs.Store;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.UnitTests.Host;

public sealed class StoreSettingsReaderTests
{
    [Fact]
    public void Every_store_is_read_and_relative_SQLite_paths_begin_at_the_project_root()
    {
        var stores = Stores(
            ("stores:warehouse:provider", "postgres"),
            ("stores:warehouse:connection", "Host=db;Database=shop"),
            ("stores:serving:provider", "SQLite"),
            ("stores:serving:connection", "Data Source=.batchrecs/batchrecs.db"));

        Assert.Equal(
            [
                new StoreSettings("serving", StoreProvider.Sqlite, "data source=/project/.batchrecs/batchrecs.db"),
                new StoreSettings("warehouse", StoreProvider.Postgres, "Host=db;Database=shop"),
            ],
            stores.Values.OrderBy(store => store.Name));
    }

    [Theory]
    [InlineData("Data Source=/data/recs.db", "data source=/data/recs.db")]
    [InlineData("Filename=recs.db;Cache=Shared", "filename=/project/recs.db;cache=Shared")]
    public void A_SQLite_path_begins_at_the_project_root_unless_it_is_absolute(string connection, string expected) =>
        Assert.Equal(expected, Stores(("stores:a:provider", "sqlite"), ("stores:a:connection", connection))["a"].Connection);

    [Fact]
    public void Names_of_stores_do_not_depend_on_case() =>
        Assert.True(Stores(("stores:Shop:provider", "sqlite"), ("stores:Shop:connection", "Data Source=a.db")).ContainsKey("shop"));

    [Fact]
    public void Without_stores_there_are_none() => Assert.Empty(Stores());

    [Fact]
    public void Every_mistake_is_shown_at_once()
    {
        var error = Assert.Throws<ConfigurationException>(() => Stores(
            ("stores:a:provider", "mysql"),
            ("stores:a:connection", "Server=db"),
            ("stores:b:provider", "sqlite"),
            ("stores:b:conection", "Data Source=b.db"),
            ("stores:c:connection", "Data Source=c.db"),
            ("stores:d:provider", "1"),
            ("stores:d:connection", "Host=db")));

        Assert.Equal(
            [
                "stores.a.provider: found 'mysql'; expected sqlite or postgres.",
                "stores.b.conection: unknown key; expected: provider, connection, passwordFile.",
                "stores.b.connection: found nothing; expected the connection string of the driver.",
                "stores.c.provider: found ''; expected sqlite or postgres.",
                "stores.d.provider: found '1'; expected sqlite or postgres.",
            ],
            error.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => Stores(("stores:a:provider", "sqlite"), ("stores:a:connection", "recs.db")));

        Assert.StartsWith("stores.a.connection: Format of the initialization string", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_have_their_default_names() =>
        Assert.Equal(new SchemaNames { Internal = "batchrecs", Contract = "recs" }, StoreSettingsReader.Schemas(Configuration()));

    [Fact]
    public void Schemas_can_be_renamed_one_by_one() =>
        Assert.Equal(
            new SchemaNames { Internal = "batchrecs", Contract = "shop_recs" },
            StoreSettingsReader.Schemas(Configuration(("schemas:contract", "shop_recs"))));

    [Fact]
    public void An_unknown_key_of_schemas_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(() => StoreSettingsReader.Schemas(Configuration(("schemas:public", "recs"))));

        Assert.Equal("schemas.public: unknown key; expected: internal, contract.", error.Message);
    }

    static IReadOnlyDictionary<string, StoreSettings> Stores(params (string Key, string Value)[] settings) =>
        StoreSettingsReader.Stores(Configuration(settings), "/project");

    static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
