using System.Net;
using System.Text.Json.Nodes;

namespace BatchRecs.IntegrationTests.Host;

public sealed class HealthTests : IDisposable
{
    readonly ServeFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ready_says_ok_while_the_database_answers_and_the_scheduler_runs()
    {
        await using var server = await _fixture.StartAsync(TimeProvider.System);

        var (code, body) = await GetAsync(server, "/health/ready");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(
            """{"status":"ok","checks":{"database":{"ok":true,"reason":"answers"},"scheduler":{"ok":true,"reason":"running"}}}""",
            body);
    }

    [Fact]
    public async Task Ready_says_unavailable_and_why_when_the_database_does_not_answer()
    {
        _fixture.Ping = _ => throw new InvalidOperationException("connection refused");
        await using var server = await _fixture.StartAsync(TimeProvider.System);

        var (code, body) = await GetAsync(server, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("does not answer; the log says why", (string?)JsonNode.Parse(body)!["checks"]!["database"]!["reason"]);
    }

    [Fact]
    public async Task Ready_says_unavailable_and_why_when_the_scheduler_stands_by()
    {
        await using var server = await _fixture.StartAsync(TimeProvider.System);
        await server.Scheduler.Standby();

        var (code, body) = await GetAsync(server, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("not running: Standby", (string?)JsonNode.Parse(body)!["checks"]!["scheduler"]!["reason"]);
    }

    [Fact]
    public async Task Live_says_ok_whatever_the_database_does()
    {
        _fixture.Ping = _ => throw new InvalidOperationException("connection refused");
        await using var server = await _fixture.StartAsync(TimeProvider.System);

        var (code, body) = await GetAsync(server, "/health/live");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("""{"status":"ok","checks":{}}""", body);
    }

    static async Task<(HttpStatusCode Code, string Body)> GetAsync(RunningServer server, string path)
    {
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
