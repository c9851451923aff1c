using System.Diagnostics;
using System.Globalization;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>A private PostgreSQL server for this test process: in its own folder, on a Unix socket only, careless of power cuts.</summary>
sealed class PostgresCluster
{
    static readonly Lazy<PostgresCluster> Shared = new(() => new PostgresCluster("brpg-", "-c synchronous_commit=off"));

    /// <summary>Short on purpose: the path of a Unix socket may have 107 bytes.</summary>
    readonly string _folder;

    /// <summary>Keeps the caretaker's input open for as long as this process lives.</summary>
    readonly Process _caretaker;

    PostgresCluster(string prefix, string options)
    {
        _folder = "/tmp/" + prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _caretaker = StartCaretaker();
        PostgresBinaries.Run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", _folder);
        PostgresBinaries.Run(
            "pg_ctl", "-D", _folder, "-w", "-l", _folder + "/server.log", "-o",
            $"-k {_folder} -c listen_addresses= -c fsync=off -c full_page_writes=off " +
            $"-c autovacuum=off -c max_connections=300 {options}",
            "start");
    }

    /// <summary>Gets the server of this process; it starts at the first use and ends with the process.</summary>
    public static PostgresCluster Instance => Shared.Value;

    /// <summary>Starts a server that a test may crash: one per process. What it committed survives, because commits wait for the log.</summary>
    public static PostgresCluster Breakable() => new("brpx-", "-c synchronous_commit=on");

    /// <summary>Ends all processes of the server at once and starts it again; returns when it takes connections.</summary>
    public void Crash() =>
        PostgresBinaries.Run("pg_ctl", "-D", _folder, "-m", "immediate", "-w", "-l", _folder + "/server.log", "restart");

    /// <summary>Returns the connection string of a database, for the superuser.</summary>
    public string ConnectionTo(string database)
    {
        ObjectDisposedException.ThrowIf(_caretaker.HasExited, this);
        return $"Host={_folder};Username=postgres;Database={database}";
    }

    /// <summary>Starts what stops the server and removes its folder when this process ends, in whatever way: its input then ends.</summary>
    /// <remarks>A handler of the process's own exit is not enough: test runners kill a process that takes long to end.</remarks>
    Process StartCaretaker()
    {
        string stop = string.Join(' ', PostgresBinaries.Command("pg_ctl", "-D", _folder, "-m", "immediate", "-w", "stop"));
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, WorkingDirectory = "/" };
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec >/dev/null 2>&1; cat; {stop}; rm -rf {_folder}");
        return Process.Start(start)!;
    }
}
