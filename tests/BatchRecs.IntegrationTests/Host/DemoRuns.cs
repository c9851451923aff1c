using System.Text.Json;
using BatchRecs.Core.Evaluation;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;
using BatchRecs.Store.Ledger;
using BatchRecs.Store.Sqlite;

namespace BatchRecs.IntegrationTests.Host;

/// <summary>The demos, each run once with the built program on the job files as they are, in an empty project of its own.</summary>
public sealed class DemoRuns : IDisposable
{
    readonly DirectoryInfo _folder = TemporaryFolders.Create("batchrecs-demo-");
    readonly Dictionary<string, Task<Ended>> _runs = [];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs a demo, unless a test before did.</summary>
    /// <param name="sample">Its name on the command line.</param>
    internal Task<Ended> RunAsync(string sample) =>
        _runs.TryGetValue(sample, out var run) ? run : _runs[sample] = StartAsync(sample);

    /// <summary>Runs a demo, unless a test before did, and reads what its run left in the ledger.</summary>
    /// <param name="sample">Its name on the command line.</param>
    /// <param name="recommender">The recommender of its job.</param>
    internal async Task<(RunRecord Run, EvaluationReport Report)> LedgerAsync(string sample, string recommender)
    {
        Assert.Equal(0, (await RunAsync(sample)).Code);
        await using var store = new SqliteDatabase(new StoreSettings(
            "demo", StoreProvider.Sqlite, $"Data Source={Path.Combine(_folder.FullName, sample, ".batchrecs/demo.db")};Pooling=false"));
        var ledger = new RunLedger(store);
        var evaluation = (await ledger.LastEvaluationAsync(recommender, default))!;
        return (
            (await ledger.GetAsync(1, default))!,
            JsonSerializer.Deserialize<EvaluationReport>(evaluation.Report, JsonSerializerOptions.Web)!);
    }

    async Task<Ended> StartAsync(string sample)
    {
        string project = _folder.CreateSubdirectory(sample).FullName;
        foreach (string folder in (string[])["jobs", "samples"])
            Directory.CreateSymbolicLink(Path.Combine(project, folder), Path.Combine(ScriptSandbox.RepositoryRoot(), folder));
        using var program = RunningProgram.Start(project, "demo", sample);
        return await program.EndAsync();
    }
}
