using System.Diagnostics;
using Npgsql;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>A private PostgreSQL server in a temporary folder, reached by a Unix socket, gone after the tests.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("brpg").FullName;
    readonly string _binaries = FindBinaries();
    int _databases;

    string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        await RunAsync("chown", Environment.IsPrivilegedProcess ? ["postgres:postgres", _folder] : ["--version"], asServer: false);
        await RunAsync(
            Path.Combine(_binaries, "initdb"), ["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", Data]);
        string options = $"-c listen_addresses='' -c unix_socket_directories='{_folder}' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off";
        await RunAsync(Path.Combine(_binaries, "pg_ctl"), ["-w", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", options, "start"]);
    }

    public async Task DisposeAsync()
    {
        await RunAsync(Path.Combine(_binaries, "pg_ctl"), ["-D", Data, "-m", "immediate", "stop"]);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"t{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    string Connection(string database) => $"Host={_folder};Username=postgres;Database={database};Pooling=false";

    static string FindBinaries()
    {
        string[] folders =
        [
            Environment.GetEnvironmentVariable("BATCHRECS_TEST_POSTGRES") ?? "",
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin") : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")))
            ?? throw new InvalidOperationException(
                "PostgreSQL is missing: install the Debian package 'postgresql', or name its folder in BATCHRECS_TEST_POSTGRES.");
    }

    static async Task RunAsync(string program, string[] arguments, bool asServer = true)
    {
        // The server refuses to run as root.
        string[] line = asServer && Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        // Nothing is redirected, because a started server would keep the pipe open.
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', line)} ended with {process.ExitCode}.");
    }
}
