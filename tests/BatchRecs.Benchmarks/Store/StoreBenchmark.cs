using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BatchRecs.IntegrationTests.Support;
using BatchRecs.Store;

namespace BatchRecs.Benchmarks.Store;

/// <summary>What to measure.</summary>
/// <param name="Users">Users with a list.</param>
/// <param name="Count">Rows of a list.</param>
/// <param name="Repeats">Loads of each form.</param>
/// <param name="Provider">The kind of store.</param>
/// <param name="TextIds">True = ids are text.</param>
/// <param name="Connection">An empty database; null = a private one.</param>
/// <param name="Json">True = print JSON.</param>
sealed record StoreBenchmarkOptions(
    int Users, int Count, int Repeats, StoreProvider Provider, bool TextIds, string? Connection, bool Json);

/// <summary>Loads the same lists in every form in turns, then reads them in turns.</summary>
static class StoreBenchmark
{
    const int ReadRounds = 7;
    const int ReadsPerRound = 2_000;
    const int WarmUpReads = 200;

    /// <summary>Runs the benchmark and prints its figures.</summary>
    public static async Task<int> RunAsync(StoreBenchmarkOptions options, CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("batchrecs-bench-").FullName;
        try
        {
            string connection = options.Connection ?? (options.Provider == StoreProvider.Postgres
                ? PostgresCluster.Instance.ConnectionTo("postgres")
                : $"Data Source={Path.Combine(folder, "bench.db")}");
            await using var release = new ReleaseForm(new StoreSettings("bench", options.Provider, connection));
            ListForm[] forms = options.Provider == StoreProvider.Postgres
                ?
                [
                    release,
                    new PostgresForm("rows", connection, PostgresForm.WriteRows),
                    new PostgresForm("arrays", connection, PostgresForm.WriteArrays),
                    new PostgresForm("codes", connection, PostgresForm.WriteCodes),
                ]
                : [release, new SqliteJsonForm($"Data Source={Path.Combine(folder, "json.db")}")];
            Print(options, await MeasureAsync(forms, release, options, token));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<FormFigures[]> MeasureAsync(
        ListForm[] forms, ReleaseForm release, StoreBenchmarkOptions options, CancellationToken token)
    {
        var lists = new SyntheticLists(options.Users, options.Count, options.TextIds);
        var loads = forms.ToDictionary(form => form, _ => new List<double>());
        for (int n = 0; n < options.Repeats; n++)
            foreach (var form in forms)
            {
                loads[form].Add(await SecondsAsync($"load {n + 1} of {form.Name}", () => form.LoadAsync(lists, token)));
                await release.PruneAsync(token);
            }

        var reads = forms.ToDictionary(form => form, _ => new List<ReadTimes?[]>());
        for (int n = 0; n < ReadRounds; n++)
            foreach (var form in forms)
                reads[form].Add(await ReadAsync(form, lists, round: n, token));

        var figures = new List<FormFigures>();
        foreach (var form in forms)
            figures.Add(await FiguresAsync(form, lists, loads[form], reads[form], token));
        return [.. figures];
    }

    static async Task<FormFigures> FiguresAsync(
        ListForm form, SyntheticLists lists, List<double> loads, List<ReadTimes?[]> reads, CancellationToken token)
    {
        double seconds = FormFigures.Median(loads);
        bool isVerified = false;
        double verification = await SecondsAsync($"check of {form.Name}", async () => isVerified = await form.VerifyAsync(lists, token));
        return new FormFigures(
            form.Name,
            seconds,
            lists.Rows / seconds,
            await form.BytesAsync(token) / 1e6,
            ReadTimes.Median([.. reads.Select(round => round[0]!)]),
            ReadTimes.Median([.. reads.Select(round => round[1]!)]),
            form.For is null ? null : ReadTimes.Median([.. reads.Select(round => round[2]!)]),
            isVerified ? verification : null);
    }

    static async Task<ReadTimes?[]> ReadAsync(ListForm form, SyntheticLists lists, int round, CancellationToken token)
    {
        await using var connection = await form.OpenAsync(token);
        return
        [
            await TimeAsync(connection, form.WholeList, lists, round, token),
            await TimeAsync(connection, form.TopTen, lists, round, token),
            form.For is null ? null : await TimeAsync(connection, form.For, lists, round, token),
        ];
    }

    static async Task<ReadTimes> TimeAsync(DbConnection connection, string sql, SyntheticLists lists, int round, CancellationToken token)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var user = Add(command, "userId", ListForm.Id(lists.Users, 0));
        if (sql.Contains("@segment", StringComparison.Ordinal))
        {
            Add(command, "n", 10);
            Add(command, "segment", "all");
        }
        await command.PrepareAsync(token);
        double[] times = new double[ReadsPerRound];
        // The same users for every form: a step that is prime to any number of users visits them scattered.
        for (int n = -WarmUpReads; n < ReadsPerRound; n++)
        {
            user.Value = ListForm.Id(lists.Users, (int)(((n + WarmUpReads + (round * 7_919L)) * 1_000_003) % lists.Users.Count));
            long started = Stopwatch.GetTimestamp();
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
                for (int column = 0; column < reader.FieldCount; column++)
                    _ = reader.GetValue(column);
            if (n >= 0)
                times[n] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        return ReadTimes.Of(times);
    }

    static DbParameter Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Runs an action and says what it took: processor time too, which other programs on the machine do not stretch.</summary>
    static async Task<double> SecondsAsync(string what, Func<Task> run)
    {
        long started = Stopwatch.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        await run();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {seconds:F1} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} s of it this program's processor time"));
        return seconds;
    }

    static void Print(StoreBenchmarkOptions options, FormFigures[] figures)
    {
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            return;
        }
        Console.WriteLine(FormFigures.Heading);
        foreach (var form in figures)
            Console.WriteLine(form);
    }
}
