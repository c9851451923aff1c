using BatchRecs.IntegrationTests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BatchRecs.SoakTests.Support;

/// <summary>Keeps the one database of a shop, and puts it back to a state that was kept.</summary>
abstract class SoakServer
{
    /// <summary>Gets the connection string of the database.</summary>
    public abstract string Connection { get; }

    /// <summary>Gets the query that finds rows or tables which belong to no release.</summary>
    public abstract string Orphans { get; }

    /// <summary>Makes the database, empty.</summary>
    public abstract void Create();

    /// <summary>Keeps the state that the database has now; nobody is connected.</summary>
    public abstract void Keep();

    /// <summary>Puts the database back to the state that was kept; whoever is connected is thrown out.</summary>
    public abstract void Restore();

    /// <summary>Removes the database.</summary>
    public abstract void Remove();
}

/// <summary>A file, kept as a copy of it.</summary>
sealed class SqliteSoakServer(string folder) : SoakServer
{
    string DatabaseFile => Path.Combine(folder, "shop.db");

    string KeptFile => Path.Combine(folder, "kept.db");

    public override string Connection => $"Data Source={DatabaseFile};Pooling=false";

    public override string Orphans => string.Join(
        " union all ",
        ((string[])["main", "again", "similar", "popular", "items"]).Select(table =>
            $"select distinct '{table}', release_id from batchrecs_shop_{table} " +
            "where release_id not in (select release_id from batchrecs_releases)"));

    public override void Create()
    {
        using var connection = new SqliteConnection(Connection);
        connection.Open();
    }

    public override void Keep() => File.Copy(DatabaseFile, KeptFile, overwrite: true);

    public override void Restore()
    {
        foreach (string side in (string[])["-wal", "-shm", "-journal"])
            File.Delete(DatabaseFile + side);
        File.Copy(KeptFile, DatabaseFile, overwrite: true);
    }

    public override void Remove() => File.Delete(DatabaseFile);
}

/// <summary>A database of a server, kept as another one that serves as its template.</summary>
sealed class PostgresSoakServer(PostgresCluster cluster, string name) : SoakServer
{
    string Kept => $"{name}_kept";

    public override string Connection => cluster.ConnectionTo(name);

    public override string Orphans =>
        """
        select relname from pg_class
        where relkind in ('r', 'p') and relname ~ '_r[0-9]+$'
            and substring(relname from '_r([0-9]+)$')::bigint not in (select release_id from batchrecs.releases)
        """;

    /// <summary>Gets the server.</summary>
    public PostgresCluster Cluster => cluster;

    public override void Create() => Execute($"create database {name} template template0");

    public override void Keep()
    {
        Execute($"drop database if exists {Kept} with (force)");
        Execute($"create database {Kept} template {name}");
    }

    public override void Restore()
    {
        Remove();
        Execute($"create database {name} template {Kept}");
        // Sequences log their values in advance, and a copy does not know what its original has logged: without a checkpoint after the
        // copy a crash would set them back, and the next run would get the id of an old one.
        Execute("checkpoint");
    }

    public override void Remove() => Execute($"drop database if exists {name} with (force)");

    /// <summary>Ends every session of the database.</summary>
    public void TerminateSessions() =>
        Execute($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'");

    void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{cluster.ConnectionTo("postgres")};Pooling=false");
        connection.Open();
#pragma warning disable CA2100 // The names are constants of the tests.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
