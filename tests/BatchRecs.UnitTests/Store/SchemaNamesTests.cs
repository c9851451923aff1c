using BatchRecs.Core.Errors;
using BatchRecs.Store;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.UnitTests.Store;

public sealed class SchemaNamesTests
{
    static readonly StoreSettings Settings = new("serving", StoreProvider.Sqlite, "Data Source=never-opened.db");

    [Theory]
    [InlineData("Batchrecs")]
    [InlineData("batch recs")]
    [InlineData("batch\"recs")]
    [InlineData("")]
    [InlineData("a_name_of_twenty_one_x")]
    public void A_name_that_is_no_plain_identifier_is_refused(string name)
    {
        var error = Assert.Throws<ConfigurationException>(() => new SqliteDatabase(Settings, new SchemaNames { Internal = name }));

        Assert.Equal(
            $"'{name}' is no name for a schema. Expected: a lower-case letter, then letters, digits and underscores, at most 20.",
            error.Message);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("pg_catalog")]
    [InlineData("information_schema")]
    public void A_schema_that_holds_what_others_made_is_refused_for_both(string name)
    {
        foreach (var names in (SchemaNames[])[new() { Internal = name }, new() { Contract = name }])
        {
            var error = Assert.Throws<ConfigurationException>(() => new SqliteDatabase(Settings, names));

            Assert.Equal(
                $"schemas: '{name}' is PostgreSQL's own. Expected: two schemas that hold nothing but what BatchRecs makes.", error.Message);
        }
    }

    [Fact]
    public void One_name_for_both_schemas_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => new SqliteDatabase(Settings, new SchemaNames { Internal = "same", Contract = "same" }));

        Assert.Equal("The internal and the contract schema are both 'same'. Give them two names.", error.Message);
    }

    [Fact]
    public void A_connection_string_without_a_file_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(() => new SqliteDatabase(Settings with { Connection = "" }));

        Assert.Equal("stores.serving.connection names no file. Expected for example: Data Source=.batchrecs/batchrecs.db", error.Message);
    }
}
