using System.Diagnostics;
using System.Globalization;

namespace BatchRecs.IntegrationTests.Support;

/// <summary>A private PostgreSQL server for this test process: in its own folder, on a Unix socket only, careless of power cuts.</summary>
sealed class PostgresCluster
{
    /// <summary>Short on purpose: the path of a Unix socket may have 107 bytes.</summary>
    const string Prefix = "/tmp/brpg-";

    static readonly Lazy<PostgresCluster> Shared = new(() => new PostgresCluster());
    readonly string _folder;

    PostgresCluster()
    {
        RemoveLeftovers();
        _folder = Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(_folder);
        PostgresBinaries.Run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", _folder);
        PostgresBinaries.Run(
            "pg_ctl", "-D", _folder, "-w", "-l", _folder + "/server.log", "-o",
            $"-k {_folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off " +
            "-c autovacuum=off -c max_connections=300",
            "start");
    }

    /// <summary>Gets the server of this process; it starts at the first use and ends with the process.</summary>
    public static PostgresCluster Instance => Shared.Value;

    /// <summary>Returns the connection string of a database, for the superuser.</summary>
    public string ConnectionTo(string database) => $"Host={_folder};Username=postgres;Database={database}";

    static void Stop(string folder)
    {
        if (File.Exists(folder + "/postmaster.pid"))
            PostgresBinaries.Run("pg_ctl", "-D", folder, "-m", "immediate", "-w", "stop");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Ends the servers of test processes that were killed.</summary>
    static void RemoveLeftovers()
    {
        foreach (string folder in Directory.GetDirectories("/tmp", "brpg-*"))
            if (int.TryParse(folder.AsSpan(Prefix.Length), CultureInfo.InvariantCulture, out int owner) && !IsAlive(owner))
                Stop(folder);
    }

    static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
