using System.Data.Common;
using BatchRecs.IntegrationTests.Host;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BatchRecs.SoakTests;

/// <summary>Somebody presses Run twice: two processes start together, one runs, the other one ends at once as skipped.</summary>
public abstract class TwoProcessesContract(StoreProvider provider) : IAsyncLifetime
{
    const int Users = 40;
    const int Pairs = 25;

    /// <summary>After so many violations the loop ends: each of them may have cost a minute and a half of waiting.</summary>
    const int Enough = 3;

    SoakShop _shop = null!;

    public async Task InitializeAsync() => _shop = await SoakShop.CreateAsync(
        provider, Users, separateWarehouse: provider == StoreProvider.Sqlite);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    /// <summary>
    /// The events are locked until one of the two has ended, so the one that runs is still running when the other one looks.
    /// </summary>
    [Fact]
    public async Task Of_two_processes_that_start_together_exactly_one_runs()
    {
        var wrong = new List<string>();
        int skipped = 0;
        for (int pair = 1; pair <= Pairs && wrong.Count < Enough; pair++)
        {
            int before = await RunsAsync();
            var ended = await StartTwoAsync();
            string codes = string.Join(" and ", ended.Select(end => end.Code).Order());
            if (codes != "0 and 75")
                wrong.Add($"pair {pair}: exit codes {codes}: {string.Join('\n', ended.Select(end => end.Error))}");
            else if (!ended.Single(end => end.Code == 75).Out.Contains("skipped: already running (run ", StringComparison.Ordinal))
                wrong.Add($"pair {pair}: the second one says {ended.Single(end => end.Code == 75).Out}");
            else
                skipped++;
            int ran = await RunsAsync() - before;
            if (ran != 1)
                wrong.Add($"pair {pair}: {ran} runs in the ledger");
        }
        if (!(await _shop.ReadAsync()).SequenceEqual(_shop.New))
            wrong.Add("the lists are not those of an undisturbed run");
        SoakReport.Write(
            $"two-processes-{provider}".ToLowerInvariant(),
            $"two processes on {provider}: started together {Pairs} times, exactly one ran {skipped} times, {wrong.Count} violations",
            new { pairs = Pairs, exactlyOneRan = skipped, violations = wrong });
        Assert.Empty(wrong);
    }

    async Task<Ended[]> StartTwoAsync()
    {
        RunningProgram[] both = [];
        try
        {
            await using (await LockEventsAsync())
            {
                both = [.. Enumerable.Range(0, 2).Select(_ => _shop.Start("run", SoakShop.JobPath, "--fresh", "--as-of", SoakData.AsOf))];
                await Task.WhenAny(both.Select(program => program.EndAsync()));
            }
            return await Task.WhenAll(both.Select(program => program.EndAsync()));
        }
        finally
        {
            foreach (var program in both)
                program.Dispose();
        }
    }

    /// <summary>Counts the runs that did something and came to an end; a skipped one may have a row too.</summary>
    async Task<int> RunsAsync() => (await _shop.QueryAsync(
        $"select run_id from {_shop.Internal("runs")} where state in ('Published', 'Unchanged')")).Count;

    async Task<DbConnection> LockEventsAsync()
    {
        bool isPostgres = provider == StoreProvider.Postgres;
        DbConnection connection = isPostgres
            ? new NpgsqlConnection(_shop.WarehouseConnection + ";Pooling=false")
            : new SqliteConnection(_shop.WarehouseConnection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = isPostgres
            ? "begin; lock table events in access exclusive mode"
            : "pragma journal_mode = delete; begin exclusive";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}

/// <summary>Two processes on SQLite.</summary>
[Collection(Alone.Name)]
public sealed class SqliteTwoProcesses() : TwoProcessesContract(StoreProvider.Sqlite);

/// <summary>Two processes on PostgreSQL.</summary>
[Collection(Alone.Name)]
public sealed class PostgresTwoProcesses() : TwoProcessesContract(StoreProvider.Postgres);
