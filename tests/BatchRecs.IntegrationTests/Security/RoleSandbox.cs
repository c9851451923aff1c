using System.Globalization;
using BatchRecs.Store;
using BatchRecs.Store.Migrations;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>Roles of one test: they belong to the whole server, so each test has names of its own.</summary>
sealed class RoleSandbox
{
    static int _roles;
    readonly string _admin;

    public RoleSandbox(string admin)
    {
        _admin = admin;
        string suffix = Interlocked.Increment(ref _roles).ToString(CultureInfo.InvariantCulture);
        // Names that break whatever is not quoted.
        Names = new RoleNames($"Etl role {suffix} @etl {{reader}}", $"reader'\"; drop role x; -- {suffix}");
    }

    public RoleNames Names { get; }

    /// <summary>Gets the connection string of the writing role.</summary>
    public string Etl => As(Names.Etl);

    /// <summary>Gets the connection string of the reading role.</summary>
    public string Reader => As(Names.Reader);

    /// <summary>Sets up roles and rights as the superuser and lets both roles log in.</summary>
    public async Task GrantAsync(params string[] readable)
    {
        await using (var store = Open(_admin))
            Assert.Empty((await new RightsGranter(store, Names).ApplyAsync(isServing: true, readable, default)).Missing);
        await LetLogInAsync();
    }

    public async Task LetLogInAsync()
    {
        foreach (string role in (string[])[Names.Etl, Names.Reader])
            await ExecuteAsync($"alter role {Database.Quote(role)} login");
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(_admin, sql);

    /// <summary>Runs SQL as the role of a connection string.</summary>
    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.ExecuteAsync(sql);
    }

    /// <summary>Reads one column as text.</summary>
    public static async Task<string[]> ReadAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        return [.. await open.QueryAsync<string>(sql)];
    }

    /// <summary>Returns the code with which the server refuses a statement; null if it does not.</summary>
    public static async Task<string?> RefusalAsync(string connection, string sql)
    {
        try
        {
            await ExecuteAsync(connection, sql);
            return null;
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
    }

    public static Database Open(string connection) =>
        Databases.Open(new StoreSettings("serving", StoreProvider.Postgres, connection), NullLoggerFactory.Instance);

    string As(string role) => new NpgsqlConnectionStringBuilder(_admin) { Username = role }.ConnectionString;
}
