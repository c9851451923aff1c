using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BatchRecs.IntegrationTests.Support;
using Npgsql;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>A PostgreSQL server that over TCP speaks TLS only, asks for passwords, and has a certificate for <c>localhost</c>.</summary>
/// <remarks>The role <c>by_certificate</c> logs in with a client certificate in place of a password.</remarks>
sealed class SecureServer : IDisposable
{
    static readonly Lazy<SecureServer> Shared = new(() => new SecureServer());
    static int _databases;
    readonly PostgresCluster _cluster;

    SecureServer()
    {
        Port = FreePort();
        Certificates = Directory.CreateTempSubdirectory("batchrecs-tls-").FullName;
        _cluster = new PostgresCluster(
            "brtls",
            $"-p {Port} -c listen_addresses=localhost,127.0.0.1 -c ssl=on -c ssl_cert_file=server.pem -c ssl_key_file=server.key "
            + "-c ssl_ca_file=ca.pem",
            create: Create);
    }

    /// <summary>Gets the server of this process; it starts at the first use and ends with the process.</summary>
    public static SecureServer Instance => Shared.Value;

    public int Port { get; }

    /// <summary>Gets the folder of ca.pem, other_ca.pem, client.pem and client.key.</summary>
    public string Certificates { get; }

    /// <summary>Gets the folder of the server's data and socket.</summary>
    public string Folder => _cluster.Folder;

    /// <inheritdoc/>
    public void Dispose() => _cluster.Dispose();

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string for the superuser, on the socket.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = "s" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await RoleSandbox.ExecuteAsync(AdminTo("postgres"), $"create database {name} template template0");
        return AdminTo(name);
    }

    /// <summary>Returns the connection string of a role over TCP and TLS, without a password.</summary>
    public static string Over(string admin, string role, string more = "") => new NpgsqlConnectionStringBuilder(admin)
    {
        Host = "localhost",
        Username = role,
    }.ConnectionString + ";" + more;

    string AdminTo(string database) =>
        $"{_cluster.ConnectionTo(database)};Port={Port.ToString(CultureInfo.InvariantCulture)}";

    void Create(string folder)
    {
        PostgresCluster.Create(folder);
        File.WriteAllText(
            Path.Combine(folder, "pg_hba.conf"),
            """
            local   all          all            trust
            local   replication  all            trust
            hostssl all          by_certificate all cert
            hostssl all          all            all scram-sha-256
            """ + "\n");
        using var key = RSA.Create(2048);
        using var authority = Authority("BatchRecs test authority", key);
        using var otherKey = RSA.Create(2048);
        using var other = Authority("Another authority", otherKey);
        File.WriteAllText(Path.Combine(Certificates, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Certificates, "other_ca.pem"), other.ExportCertificatePem());
        Write(authority, "localhost", Path.Combine(folder, "server"));
        Write(authority, "by_certificate", Path.Combine(Certificates, "client"));
        File.Copy(Path.Combine(Certificates, "ca.pem"), Path.Combine(folder, "ca.pem"));
        GiveToServer(folder, "server.pem", "server.key", "ca.pem");
    }

    static X509Certificate2 Authority(string name, RSA key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
    }

    static void Write(X509Certificate2 authority, string name, string path)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority,
            TimeProvider.System.GetUtcNow().AddHours(-1),
            TimeProvider.System.GetUtcNow().AddDays(1),
            RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(path + ".pem", certificate.ExportCertificatePem());
        File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        Run("chmod", "600", path + ".key");
    }

    /// <summary>The server refuses a key that belongs to nobody it knows.</summary>
    static void GiveToServer(string folder, params string[] files)
    {
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["postgres", .. files.Select(file => Path.Combine(folder, file))]);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
