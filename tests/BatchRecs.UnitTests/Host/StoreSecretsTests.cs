using BatchRecs.Core.Errors;
using BatchRecs.Host.Engines;
using BatchRecs.Store;
using BatchRecs.Store.Postgres;
using BatchRecs.Store.Sqlite;
using Microsoft.Extensions.Configuration;

namespace BatchRecs.UnitTests.Host;

/// <summary>A password comes from the environment or from a file of its own, and no message repeats it.</summary>
public sealed class StoreSecretsTests : IDisposable
{
    const string Secret = "xq7planted";
    readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("batchrecs-secrets-");

    public void Dispose() => _project.Delete(recursive: true);

    [Theory]
    [InlineData("Password")]
    [InlineData("PWD")]
    [InlineData("SSL Password")]
    public void A_password_in_a_settings_file_is_refused_and_not_repeated(string keyword)
    {
        Write(
            "appsettings.json",
            $$"""{ "stores": { "a": { "provider": "postgres", "connection": "Host=db;{{keyword}}={{Secret}}" } } }""");
        var configuration = new ConfigurationBuilder().AddJsonFile(InProject("appsettings.json")).Build();

        var error = Assert.Throws<ConfigurationException>(() => StoreSettingsReader.Stores(configuration, _project.FullName));

        Assert.Equal(
            "stores.a.connection: found a password in a settings file, where version control and backups find it too; expected it in the "
            + "environment (BATCHRECS__stores__a__connection), in a file named by stores.a.passwordFile, or in the driver's passfile.",
            error.Message);
    }

    [Fact]
    public void A_password_in_a_settings_file_is_refused_also_where_the_environment_replaces_it()
    {
        Write("appsettings.json", $$"""{ "stores": { "a": { "provider": "postgres", "connection": "Host=db;Password={{Secret}}" } } }""");
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(InProject("appsettings.json"))
            .AddInMemoryCollection([KeyValuePair.Create("stores:a:connection", (string?)"Host=db")])
            .Build();

        var error = Assert.Throws<ConfigurationException>(() => StoreSettingsReader.Stores(configuration, _project.FullName));

        Assert.StartsWith("stores.a.connection: found a password in a settings file", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_password_that_replaces_the_settings_file_from_outside_is_taken()
    {
        Write("appsettings.json", """{ "stores": { "a": { "provider": "postgres", "connection": "Host=db" } } }""");
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(InProject("appsettings.json"))
            .AddInMemoryCollection([KeyValuePair.Create("stores:a:connection", (string?)$"Host=db;Password={Secret}")])
            .Build();

        Assert.Equal($"Host=db;Password={Secret}", StoreSettingsReader.Stores(configuration, _project.FullName)["a"].Connection);
    }

    [Fact]
    public void A_password_file_is_read_without_its_last_line_break()
    {
        Write("secret", "a;b=\"c\" \r\n");

        string connection = Read(("passwordFile", "secret"))["a"].Connection;

        Assert.Equal("a;b=\"c\" ", new Npgsql.NpgsqlConnectionStringBuilder(connection).Password);
    }

    [Theory]
    [InlineData("missing", "cannot be read; expected the password in it.")]
    [InlineData("empty", "is empty; expected the password in it.")]
    public void A_password_file_that_says_nothing_is_named(string file, string expected)
    {
        Write("empty", "\n");

        var error = Assert.Throws<ConfigurationException>(() => Read(("passwordFile", file)));

        Assert.Equal($"stores.a.passwordFile: the file {InProject(file)} {expected}", error.Message);
    }

    [Fact]
    public void Two_passwords_are_refused()
    {
        Write("secret", Secret);

        var error = Assert.Throws<ConfigurationException>(() => Read(("passwordFile", "secret"), ("connection", "Host=db;Password=x")));

        Assert.Equal("stores.a.passwordFile: found beside a password in the connection string; expected one of them.", error.Message);
    }

    [Theory]
    [InlineData("sqlite,postgres")]
    [InlineData("0")]
    [InlineData(" ")]
    public void A_provider_that_is_not_one_word_of_two_is_refused(string provider) =>
        Assert.Equal(
            $"stores.a.provider: found '{provider}'; expected sqlite or postgres.",
            Assert.Throws<ConfigurationException>(() => Read(("provider", provider))).Message);

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:shop?mode=memory")]
    [InlineData("Data Source=shop;Mode=Memory")]
    public void A_database_in_memory_is_refused_with_the_reason(string connection) =>
        Assert.Equal(
            "stores.a.connection: found a database in memory or a URI; expected the path of a file: what is in memory ends with each "
            + "connection, and a run uses several.",
            Assert.Throws<ConfigurationException>(() => Read(("provider", "sqlite"), ("connection", connection))).Message);

    [Theory]
    [InlineData($"Host=db;Password=a;{Secret}=1", "keyword number 3 of 3 is unknown; a value with a semicolon stands in quotes")]
    [InlineData($"Host=db;Password=a;{Secret}", "it does not read KEYWORD=VALUE;KEYWORD=VALUE; a value with a semicolon, an equals sign")]
    [InlineData($"Host=db;Port={Secret}", "the value of 'port' is not one that it takes")]
    [InlineData($"Host=db;SSL Mode={Secret}", "the value of 'ssl mode' is not one that it takes")]
    [InlineData($"postgresql://night:{Secret}@db/shop", "it does not read KEYWORD=VALUE;KEYWORD=VALUE")]
    public void A_connection_string_that_the_driver_refuses_is_described_without_its_values(string connection, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(
            () => new PostgresDatabase(new StoreSettings("a", StoreProvider.Postgres, connection)));

        Assert.StartsWith(
            $"stores.a.connection is no connection string of Npgsql: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData($"Data Source=a.db;Password=a;{Secret}=1", "keyword number 3 of 3 is unknown; a value with a semicolon stands in quotes")]
    [InlineData($"Data Source=a.db;Password=a;{Secret}", "it does not read KEYWORD=VALUE;KEYWORD=VALUE; a value with a semicolon")]
    [InlineData($"Data Source=a.db;Mode={Secret}", "the value of 'mode' is not one that it takes")]
    [InlineData($"Data Source=a.db;Pooling={Secret}", "the value of 'pooling' is not one that it takes")]
    public void A_connection_string_that_SQLite_refuses_is_described_without_its_values(string connection, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(
            () => new SqliteDatabase(new StoreSettings("a", StoreProvider.Sqlite, connection)));

        Assert.StartsWith(
            $"stores.a.connection is no connection string of Microsoft.Data.Sqlite: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_text_of_a_store_has_no_connection_string() =>
        Assert.Equal("serving (Postgres)", $"{new StoreSettings("serving", StoreProvider.Postgres, $"Password={Secret}")}");

    IReadOnlyDictionary<string, StoreSettings> Read(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["stores:a:provider"] = "postgres", ["stores:a:connection"] = "Host=db" };
        foreach (var (key, value) in settings)
            all[$"stores:a:{key}"] = value;
        return StoreSettingsReader.Stores(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), _project.FullName);
    }

    string InProject(string file) => Path.Combine(_project.FullName, file);

    void Write(string file, string text) => File.WriteAllText(InProject(file), text);
}
