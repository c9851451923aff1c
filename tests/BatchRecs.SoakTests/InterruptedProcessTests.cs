using System.Diagnostics;
using BatchRecs.Core.Numerics;
using BatchRecs.IntegrationTests.Host;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests;

/// <summary>
/// The program as a process is ended at moments spread over the length of a run, each drawn inside its part. Whenever it was: readers see
/// one complete release, and the next run is not held up and leaves what an undisturbed one does.
/// </summary>
public sealed class InterruptedProcessTests : IAsyncLifetime
{
    const int Users = 3000;
    const ulong Seed = 20_261_122;

    /// <summary>Too few of so many attempts reach a living process only if the machine changes its speed all the time.</summary>
    const int MostAttempts = 3;

    SoakShop _shop = null!;

    public async Task InitializeAsync() => _shop = await SoakShop.CreateAsync(StoreProvider.Postgres, Users, measures: false);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public Task Whenever_the_process_is_killed_readers_and_the_next_run_do_not_notice() => LoopAsync(
        "killed", moments: 30, program => program.Kill(), code => code == 137, hadNoEnd: true);

    [Fact]
    public Task Whenever_the_process_is_asked_to_end_it_leaves_a_run_that_goes_on() => LoopAsync(
        "terminated", moments: 10, program => program.Terminate(), code => code is 130 or 143, hadNoEnd: false);

    async Task LoopAsync(string name, int moments, Action<RunningProgram> end, Func<int, bool> isExpected, bool hadNoEnd)
    {
        var length = await LengthAsync();
        var wrong = new List<string>();
        var stages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var delays = new List<double>();
        for (int n = 0; delays.Count < moments && n < moments * MostAttempts; n++)
        {
            var moment = length * ((n % moments + CounterRandom.Uniform(Seed, n, 0)) / moments);
            _shop.Restore();
            using var program = _shop.Start("run", SoakShop.JobPath);
            if (await program.EndsWithinAsync(moment))
                continue;
            long asked = Stopwatch.GetTimestamp();
            end(program);
            var ended = await program.EndAsync();
            if (ended.Code == 0)
                continue;
            delays.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            string stage = await StageAsync();
            stages[stage] = stages.GetValueOrDefault(stage) + 1;
            if (!isExpected(ended.Code))
                wrong.Add($"after {moment.TotalSeconds:F2} s, in {stage}: exit code {ended.Code}: {ended.Error}");
            wrong.AddRange((await Aftermath.CheckAsync(_shop, hadNoEnd)).Select(
                violation => $"after {moment.TotalSeconds:F2} s, in {stage}: {violation}"));
        }
        Report(name, length, delays, stages, wrong);
        Assert.Empty(wrong);
        Assert.Equal(moments, delays.Count);
    }

    static void Report(string name, TimeSpan length, List<double> delays, SortedDictionary<string, int> stages, List<string> violations)
    {
        double longest = Math.Round(delays.Max(), 2);
        SoakReport.Write(
            name,
            FormattableString.Invariant($"{name}: {delays.Count} moments of a run of {length.TotalSeconds:F1} s, seed {Seed}, ") +
            FormattableString.Invariant($"{violations.Count} violations; the process was gone after at most {longest} s; ") +
            $"in {string.Join(", ", stages.Select(stage => $"{stage.Key} {stage.Value}"))}",
            new { moments = delays.Count, seed = Seed, runSeconds = length.TotalSeconds, longestEndSeconds = longest, stages, violations });
    }

    /// <summary>Runs the program undisturbed; the moments are spread over the time that it takes.</summary>
    async Task<TimeSpan> LengthAsync()
    {
        _shop.Restore();
        long started = Stopwatch.GetTimestamp();
        using var program = _shop.Start("run", SoakShop.JobPath);
        Assert.Equal(0, (await program.EndAsync()).Code);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Returns the stage that the second run was in when it ended.</summary>
    async Task<string> StageAsync()
    {
        var stages = await _shop.QueryAsync(
            $"select stage from {_shop.Internal("stages")} where run_id = 2 and result is null order by position desc");
        var runs = await _shop.QueryAsync($"select state from {_shop.Internal("runs")} where run_id = 2");
        return (runs, stages) switch
        {
            ([], _) => "(before the run)",
            (_, []) => "(between stages)",
            _ => stages[0],
        };
    }
}
