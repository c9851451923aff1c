using System.Text;
using System.Text.Json;
using BatchRecs.IntegrationTests.Host;
using BatchRecs.Store.Migrations;
using Npgsql;

namespace BatchRecs.IntegrationTests.Security;

/// <summary>One password is planted; whatever the program then does, and however it fails, the password is nowhere to be found.</summary>
public sealed class PlantedPasswordTests : IDisposable
{
    /// <summary>The semicolon splits the password where somebody forgets the quotes; each half is looked for.</summary>
    const string Planted = "xq7planted;xq8secret=1";

    static readonly string[] Halves = ["xq7planted", "xq8secret"];

    readonly StringBuilder _said = new();
    SmallProject? _project;

    public void Dispose() => _project?.Dispose();

    [Fact]
    public async Task Nothing_that_the_program_writes_holds_the_password()
    {
        string admin = await SecureServer.Instance.CreateDatabaseAsync();
        string login = await PlantAsync(admin);
        var good = Environment($"{login};Password=\"{Planted}\"");

        await WorkAsync(good);
        await ServeAsync(good);
        await FailAsync(login);

        AssertIsAbsent("what the program said", _said.ToString());
        foreach (string file in Directory.EnumerateFiles(_project!.InFolder("."), "*", SearchOption.AllDirectories))
            if (Path.GetFileName(file) != "secret")
                AssertIsAbsent(file, await ReadSharedAsync(file));
        string[] tables = await RoleSandbox.ReadAsync(
            admin,
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'batchrecs' order by 1");
        Assert.Contains("batchrecs.runs", tables);
        Assert.Contains("batchrecs.qrtz_triggers", tables);
        foreach (string table in tables)
            AssertIsAbsent(table, string.Join('\n', await RoleSandbox.ReadAsync(admin, $"select cast(t as text) from {table} as t")));
    }

    /// <summary>Fills the shop and makes the role with the password; returns its connection string without it.</summary>
    async Task<string> PlantAsync(string admin)
    {
        _project = new SmallProject(admin);
        await using var store = RoleSandbox.Open(admin);
        string role = "planted_" + new NpgsqlConnectionStringBuilder(admin).Database;
        await new RightsGranter(store, new RoleNames(role, role + "_reader"))
            .ApplyAsync(isServing: true, ["public.purchases", "public.no_purchases", "public.articles"], default);
        await RoleSandbox.ExecuteAsync(admin, $"alter role {role} login password '{Planted}'");
        File.Delete(_project.InFolder("appsettings.json"));
        File.WriteAllText(_project.InFolder("jobs/prune.yaml"), "kind: prune\nreleases: { keep: 1 }\n");
        return SecureServer.Over(admin, role, $"SSL Mode=VerifyFull;Root Certificate={SecureServer.Instance.Certificates}/ca.pem");
    }

    async Task WorkAsync(Dictionary<string, string> environment)
    {
        Assert.Equal(0, await RunAsync(environment, "run", "shop", "--json"));
        Assert.Equal(0, await RunAsync(environment, "run", "shop", "--fresh"));
        foreach (string command in (string[])[
            "check --json", "evaluate shop", "releases show shop", "runs show shop", "migrate", "migrate --script", "migrate --roles",
            "run prune"])
        {
            int code = await RunAsync(environment, command.Split(' '));
            Assert.True(code == 0, $"{command} ended with exit code {code}:\n{_said}");
        }
    }

    async Task ServeAsync(Dictionary<string, string> environment)
    {
        _project!.EverySecond();
        using var server = RunningProgram.Start(_project.InFolder("."), environment, "serve", "--urls", "http://127.0.0.1:0");
        await server.LineAsync("ended Unchanged: ");
        server.Terminate();
        var ended = await server.EndAsync();
        _said.Append(ended.Out).Append(ended.Error);
        Directory.Delete(_project.InFolder("schedules"), recursive: true);
    }

    async Task FailAsync(string login)
    {
        Assert.Equal(5, await RunAsync(Environment($"{login};Password=xq7planted"), "run", "shop"));
        Assert.Equal(2, await RunAsync(Environment($"{login};Password={Planted}"), "run", "shop"));
        Assert.Equal(2, await RunAsync(Environment($"{login};Port={Planted}"), "run", "shop"));
        Assert.Equal(2, await RunAsync(Environment($"postgresql://night:{Planted}@localhost/shop"), "check"));
        Assert.Equal(5, await RunAsync(Environment($"{login};Password=\"{Planted}\";Database=nowhere"), "run", "shop"));
        _project!.Job(table: "no_purchases");
        Assert.Equal(3, await RunAsync(Environment($"{login};Password=\"{Planted}\""), "run", "shop", "--as-of", "2026-02-01"));
        _project.Job("guard: { minUsers: 1000 }");
        Assert.Equal(6, await RunAsync(WithPasswordFile(login), "run", "shop"));
        string settings = _project.InFolder("appsettings.json");
        await File.WriteAllTextAsync(settings, Settings($"{login};Password=\"{Planted}\""));
        Assert.Equal(2, await RunAsync([], "run", "shop"));
        File.Delete(settings);
    }

    Dictionary<string, string> WithPasswordFile(string login)
    {
        File.WriteAllText(_project!.InFolder("secret"), Planted + "\n");
        var environment = Environment(login);
        environment["BATCHRECS__stores__warehouse__passwordFile"] = "secret";
        environment["BATCHRECS__stores__serving__passwordFile"] = "secret";
        return environment;
    }

    /// <summary>Everything is logged that can be.</summary>
    static Dictionary<string, string> Environment(string connection) => new()
    {
        ["BATCHRECS__stores__warehouse__provider"] = "postgres",
        ["BATCHRECS__stores__warehouse__connection"] = connection,
        ["BATCHRECS__stores__serving__provider"] = "postgres",
        ["BATCHRECS__stores__serving__connection"] = connection,
        ["BATCHRECS__Serilog__MinimumLevel__Default"] = "Verbose",
        ["BATCHRECS__Serilog__MinimumLevel__Override__Microsoft"] = "Verbose",
        ["BATCHRECS__Serilog__MinimumLevel__Override__Quartz"] = "Verbose",
        ["BATCHRECS__Serilog__MinimumLevel__Override__System"] = "Verbose",
    };

    static string Settings(string connection)
    {
        var store = new { provider = "postgres", connection };
        return JsonSerializer.Serialize(new { stores = new { warehouse = store, serving = store } });
    }

    async Task<int> RunAsync(Dictionary<string, string> environment, params string[] args)
    {
        using var program = RunningProgram.Start(_project!.InFolder("."), environment, args);
        var ended = await program.EndAsync();
        _said.Append(ended.Out).Append(ended.Error);
        return ended.Code;
    }

    static void AssertIsAbsent(string where, string text)
    {
        foreach (string half in Halves)
        {
            int at = text.IndexOf(half, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{where} holds {half}: ...{text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 80)]}...");
        }
    }

    static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
