using System.Diagnostics;
using BatchRecs.Core.Numerics;
using BatchRecs.IntegrationTests.Host;
using BatchRecs.Pipeline.Runs;
using BatchRecs.SoakTests.Support;
using BatchRecs.Store;

namespace BatchRecs.SoakTests;

/// <summary>
/// The program as a process is ended at moments spread over a run, each drawn inside its part and counted from the last line that the
/// program wrote before it. Whenever it was: readers see one complete release, and the next run is not held up and leaves what an
/// undisturbed one does.
/// </summary>
[Collection(Alone.Name)]
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
        var marks = await MarksAsync();
        var wrong = new List<string>();
        var stages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var delays = new List<double>();
        for (int n = 0; delays.Count < moments && n < moments * MostAttempts; n++)
        {
            var (after, moment) = Draw(marks, (n % moments + CounterRandom.Uniform(Seed, n, 0)) / moments);
            _shop.Restore();
            using var program = _shop.Start("run", SoakShop.JobPath);
            if (after.Length > 0)
                await program.LineAsync(after);
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
                wrong.Add($"{moment.TotalSeconds:F2} s after '{after}', in {stage}: exit code {ended.Code}: {ended.Error}");
            wrong.AddRange((await Aftermath.CheckAsync(_shop, hadNoEnd)).Select(
                violation => $"{moment.TotalSeconds:F2} s after '{after}', in {stage}: {violation}"));
        }
        Report(name, marks[^1].At, delays, stages, wrong);
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

    /// <summary>
    /// Draws a moment: a sixth of them while the program starts and extracts, the others while the rest of the line works. It is counted
    /// from a line of the program, because how long it takes to start differs from time to time.
    /// </summary>
    /// <param name="marks">The lines of an undisturbed run, and when they came; the last is its end.</param>
    /// <param name="share">Where in the run, from 0 to 1.</param>
    static (string After, TimeSpan Moment) Draw(List<Mark> marks, double share)
    {
        const double First = 1.0 / 6;
        var (begun, ended) = (marks[0].At, marks[^1].At);
        var at = share < First ? begun * (share / First) : begun + ((ended - begun) * ((share - First) / (1 - First)));
        var last = marks.LastOrDefault(mark => mark.At <= at, new Mark("", TimeSpan.Zero));
        return (last.Line, at - last.At);
    }

    /// <summary>Runs the program undisturbed and notes when it says that a stage is done.</summary>
    async Task<List<Mark>> MarksAsync()
    {
        _shop.Restore();
        long started = Stopwatch.GetTimestamp();
        using var program = _shop.Start("run", SoakShop.JobPath);
        var marks = new List<Mark>();
        foreach (var stage in Enum.GetValues<StageName>().Where(stage => stage != StageName.Tune))
        {
            string line = $"{stage.ToString().ToLowerInvariant()}: ";
            await program.LineAsync(line);
            marks.Add(new Mark(line, Stopwatch.GetElapsedTime(started)));
        }
        Assert.Equal(0, (await program.EndAsync()).Code);
        marks.Add(new Mark("", Stopwatch.GetElapsedTime(started)));
        return marks;
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

    /// <summary>A line that the program writes, and when it came.</summary>
    sealed record Mark(string Line, TimeSpan At);
}
