using BatchRecs.Core.Errors;
using Npgsql;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>What the connection string says of TLS reaches the driver; a certificate that is not accepted is named as the cause.</summary>
public sealed class TlsTests
{
    const string Password = "Tls password 1";
    static readonly SecureServer Server = SecureServer.Instance;

    [Fact]
    public async Task A_certificate_that_is_verified_in_full_is_accepted()
    {
        string connection = await LoginAsync($"Password={Password};SSL Mode=VerifyFull;Root Certificate={Server.Certificates}/ca.pem");

        Assert.Equal(["true"], await AskAsync(connection, "select cast(ssl as text) from pg_stat_ssl where pid = pg_backend_pid()"));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_with_the_reason()
    {
        string connection = await LoginAsync(
            $"Password={Password};SSL Mode=VerifyFull;Root Certificate={Server.Certificates}/other_ca.pem");

        string message = await RefusalAsync(connection);

        Assert.Contains("certificate", message, StringComparison.Ordinal);
        Assert.Contains(
            "Check 'Root Certificate', that the certificate is meant for this host, and 'SSL Mode'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_only_when_the_host_is_verified()
    {
        string connection = (await LoginAsync($"Password={Password};Root Certificate={Server.Certificates}/ca.pem"))
            .Replace("Host=localhost", "Host=127.0.0.1", StringComparison.Ordinal);

        Assert.Contains("certificate", await RefusalAsync($"{connection};SSL Mode=VerifyFull"), StringComparison.Ordinal);
        Assert.Equal(["1"], await AskAsync($"{connection};SSL Mode=VerifyCA", "select '1'"));
    }

    [Fact]
    public async Task A_client_certificate_logs_in_without_a_password()
    {
        string admin = await Server.CreateDatabaseAsync();
        await RoleSandbox.RefusalAsync(admin, "create role by_certificate login");

        string connection = SecureServer.Over(
            admin,
            "by_certificate",
            $"SSL Mode=VerifyFull;Root Certificate={Server.Certificates}/ca.pem;SSL Certificate={Server.Certificates}/client.pem;"
            + $"SSL Key={Server.Certificates}/client.key");

        Assert.Equal(["by_certificate"], await AskAsync(connection, "select current_user::text"));
    }

    [Fact]
    public async Task A_server_that_wants_TLS_refuses_a_plain_connection_in_one_line()
    {
        string connection = await LoginAsync($"Password={Password};SSL Mode=Disable");

        string message = await RefusalAsync(connection);

        Assert.Contains("no pg_hba.conf entry for host", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    static async Task<string> LoginAsync(string more)
    {
        string admin = await Server.CreateDatabaseAsync();
        string role = "tls_" + new NpgsqlConnectionStringBuilder(admin).Database;
        await RoleSandbox.ExecuteAsync(admin, $"create role {role} login password '{Password}'");
        return SecureServer.Over(admin, role, more);
    }

    static async Task<string[]> AskAsync(string connection, string sql)
    {
        await using var store = RoleSandbox.Open(connection);
        await using var open = await store.OpenAsync(readOnly: true, default);
        await using var command = open.CreateCommand();
        command.CommandText = sql;
        return [(string)(await command.ExecuteScalarAsync())!];
    }

    static async Task<string> RefusalAsync(string connection)
    {
        await using var store = RoleSandbox.Open(connection);
        return (await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(readOnly: true, default))).Message;
    }
}
