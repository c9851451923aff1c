using System.Diagnostics;
using System.Globalization;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>A private PostgreSQL server: in its own folder, on a Unix socket only, careless of power cuts.</summary>
sealed class PostgresCluster : IDisposable
{
    static readonly Lazy<PostgresCluster> Shared = new(() => new PostgresCluster(name: "shared"));
    static int _clusters;

    /// <summary>Short on purpose: the path of a Unix socket may have 107 bytes.</summary>
    readonly string _folder = string.Create(
        CultureInfo.InvariantCulture, $"/tmp/brpg-{Environment.ProcessId}-{Interlocked.Increment(ref _clusters)}");

    /// <summary>Keeps the caretaker's input open for as long as this process lives.</summary>
    readonly Process _caretaker;

    readonly string _settings;
    readonly long? _largestFile;

    // Who is told that a session broke may start the server while the crash is still under way, and pg_ctl would then wait for the new
    // server to stop.
    readonly Lock _pgCtl = new();

    /// <summary>Makes and starts a server that ends with this process at the latest.</summary>
    /// <param name="name">What it is for, in the names of its processes.</param>
    /// <param name="settings">Settings of the server that differ from those of all tests.</param>
    /// <param name="largestFile">The operating system lets no file of the server grow beyond so many bytes; null = no limit.</param>
    /// <param name="create">Makes its data in the folder that it is given; null = a server that trusts everybody on its socket.</param>
    public PostgresCluster(string name, string settings = "", long? largestFile = null, Action<string>? create = null)
    {
        _largestFile = largestFile;
        _settings = $"-k {_folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off " +
            $"-c autovacuum=off -c max_connections=300 -c cluster_name={name} {settings}";
        _caretaker = StartCaretaker();
        string[] smallLog = largestFile is null ? [] : ["--wal-segsize=1"];
        (create ?? (folder => Create(folder, smallLog)))(_folder);
        Start();
    }

    /// <summary>Gets the server of this process; it starts at the first use and ends with the process.</summary>
    public static PostgresCluster Instance => Shared.Value;

    /// <summary>Gets the folder of its data and of its socket.</summary>
    public string Folder => _folder;

    /// <summary>Makes the data of a new server that trusts everybody on its socket.</summary>
    public static void Create(string folder, params string[] options) => PostgresBinaries.Run(
        "initdb", ["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", .. options, "-D", folder]);

    /// <summary>Returns the connection string of a database, for the superuser.</summary>
    public string ConnectionTo(string database)
    {
        ObjectDisposedException.ThrowIf(_caretaker.HasExited, this);
        return $"Host={_folder};Username=postgres;Database={database}";
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    public void Start()
    {
        using var alone = _pgCtl.EnterScope();
        string[] start = ["-D", _folder, "-w", "-l", _folder + "/server.log", "-o", _settings, "start"];
        if (_largestFile is { } bytes)
            PostgresBinaries.RunCommand(
                ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--fsize={bytes}"), .. PostgresBinaries.Command("pg_ctl", start)]);
        else
            PostgresBinaries.Run("pg_ctl", start);
    }

    /// <summary>Stops the server as a crash would: nothing is written out, every session ends at once.</summary>
    public void Crash()
    {
        using var alone = _pgCtl.EnterScope();
        PostgresBinaries.Run("pg_ctl", "-D", _folder, "-w", "-m", "immediate", "stop");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _caretaker.StandardInput.Close();
        _caretaker.WaitForExit();
        _caretaker.Dispose();
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
