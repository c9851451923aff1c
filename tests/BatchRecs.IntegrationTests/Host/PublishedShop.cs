namespace BatchRecs.IntegrationTests.Host;

/// <summary>A small project whose job has run once.</summary>
public sealed class PublishedShop : IAsyncLifetime
{
    internal SmallProject Project { get; } = new();

    /// <summary>How the first run ended.</summary>
    internal Ended FirstRun { get; private set; } = new(0, "", "");

    public async Task InitializeAsync() => FirstRun = await Project.RunAsync("run", "shop");

    public Task DisposeAsync()
    {
        Project.Dispose();
        return Task.CompletedTask;
    }
}
