using BatchRecs.Core.Errors;
using BatchRecs.Core.Searching;
using BatchRecs.UnitTests.Host;

namespace BatchRecs.UnitTests.Searching;

/// <summary>Searches in a plane whose best point is known: x = 0.03 on a logarithmic axis, y = 12 on a whole one.</summary>
public sealed class SettingSearchTests
{
    const int Users = 60;

    static readonly SearchDimension[] Plane =
    [
        new() { Name = "x", Least = 0.001, Greatest = 1, IsLogarithmic = true, Current = 0.9 },
        new() { Name = "y", Least = 1, Greatest = 32, Grain = Grain.Whole, Current = 2 },
    ];

    [Fact]
    public void A_planted_best_setting_is_found()
    {
        var search = Run(50);

        var best = search.Best!;
        Assert.InRange(best.Values[0]!.Value, 0.02, 0.045);
        Assert.InRange(best.Values[1]!.Value, 11, 13);
        Assert.True(best.Score > search.Trials[0].Score);
    }

    [Fact]
    public void The_first_trial_is_what_holds_now()
    {
        var first = Run(1).Trials[0];

        Assert.Equal([null, null], first.Values);
        Assert.Equal(Score(0.9, 2), first.Score!.Value, 12);
    }

    [Fact]
    public void A_longer_search_begins_with_all_trials_of_a_shorter_one()
    {
        var all = Run(40).Trials;

        foreach (int count in (int[])[5, 17, 33])
            Assert.Equal(all.Take(count).Select(Plain), Run(count).Trials.Select(Plain));
    }

    [Fact]
    public void A_search_that_goes_on_ends_where_one_in_a_single_piece_does()
    {
        var first = Run(15);
        var second = NewSearch(Measure);
        second.GoOn(first.Trials, first.BestProbe);

        while (second.Trials.Count < 40)
            Assert.True(second.TryNext(CancellationToken.None));

        Assert.Equal(Run(40).Trials.Select(Plain), second.Trials.Select(Plain));
    }

    [Fact]
    public void Another_seed_tries_other_points() =>
        Assert.NotEqual(Run(5, seed: 1).Trials[3].Values, Run(5, seed: 2).Trials[3].Values);

    [Fact]
    public void What_is_clearly_worse_than_the_best_is_stopped_before_the_long_form()
    {
        int full = 0;
        var search = NewSearch((values, effort, _) =>
        {
            full += effort == Effort.Full ? 1 : 0;
            return Measure(values, effort, default);
        });
        while (search.Trials.Count < 40)
            search.TryNext(CancellationToken.None);

        var stopped = search.Trials.Where(trial => trial.Outcome == TrialOutcome.Stopped).ToList();
        Assert.NotEmpty(stopped);
        Assert.Equal(40 - stopped.Count, full);
        Assert.All(stopped, trial => Assert.True(trial.Score is null && trial.Probe < search.Best!.Probe));
    }

    /// <summary>The race may only save time: it ends at the same best trial as the same trials without it.</summary>
    [Fact]
    public void Without_a_short_form_every_trial_is_measured_in_full()
    {
        var search = new SettingSearch(Plane, 7, Measure, hasProbe: false, new ManualClock());
        while (search.Trials.Count < 20)
            search.TryNext(CancellationToken.None);

        Assert.All(search.Trials, trial => Assert.Equal((TrialOutcome.Measured, (double?)null), (trial.Outcome, trial.Probe)));
    }

    [Fact]
    public void A_setting_that_fails_is_noted_and_the_search_goes_on()
    {
        var search = NewSearch((values, effort, token) => values[0] < 0.1
            ? throw new TrainingDivergedException("too small")
            : Measure(values, effort, token));
        while (search.Trials.Count < 12)
            search.TryNext(CancellationToken.None);

        Assert.Contains(search.Trials, trial => trial is { Outcome: TrialOutcome.Failed, Note: "too small", Score: null });
        Assert.True(search.Best!.Score > 0);
    }

    [Fact]
    public void That_what_holds_now_fails_is_an_error_of_the_job()
    {
        var search = NewSearch((_, _, _) => throw new InputDataException("no events"));

        Assert.Throws<InputDataException>(() => search.TryNext(CancellationToken.None));
    }

    [Fact]
    public void A_trial_that_is_cut_off_leaves_no_trace()
    {
        using var ended = new CancellationTokenSource();
        var search = NewSearch((values, effort, token) =>
        {
            token.ThrowIfCancellationRequested();
            return Measure(values, effort, token);
        });
        search.TryNext(ended.Token);
        ended.Cancel();

        Assert.Throws<OperationCanceledException>(() => search.TryNext(ended.Token));

        Assert.Single(search.Trials);
    }

    [Fact]
    public void A_small_space_is_tried_out_and_then_nothing_is_left()
    {
        var search = new SettingSearch(
            [new SearchDimension { Name = "n", Least = 1, Greatest = 5, Grain = Grain.Whole, Current = 3 }],
            1,
            (values, _, _) => [.. Enumerable.Repeat(values[0] ?? 3, Users)],
            hasProbe: false,
            new ManualClock());

        while (search.TryNext(CancellationToken.None))
            Assert.True(search.Trials.Count <= 5);

        Assert.Equal([1.0, 2, 3, 4, 5], search.Trials.Select(trial => trial.Values[0] ?? 3).Order());
        Assert.Equal(5, search.Best!.Values[0]);
    }

    [Fact]
    public void The_time_of_a_trial_is_kept()
    {
        var clock = new ManualClock();
        var search = new SettingSearch(
            Plane,
            1,
            (values, effort, token) =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                return Measure(values, effort, token);
            },
            hasProbe: true,
            clock);

        search.TryNext(CancellationToken.None);

        Assert.Equal(4000, search.Trials[0].ElapsedMs);
    }

    static SettingSearch Run(int trials, ulong seed = 7)
    {
        var search = NewSearch(Measure, seed);
        while (search.Trials.Count < trials)
            Assert.True(search.TryNext(CancellationToken.None));
        return search;
    }

    static SettingSearch NewSearch(MeasureSetting measure, ulong seed = 7) => new(Plane, seed, measure, hasProbe: true, new ManualClock());

    static double[] Measure(IReadOnlyList<double?> values, Effort effort, CancellationToken token)
    {
        double score = Score(values[0] ?? 0.9, values[1] ?? 2) * (effort == Effort.Probe ? 0.8 : 1);
        // Users differ a little, so that differences have an interval, and in a way that leaves the mean alone.
        return [.. Enumerable.Range(0, Users).Select(user => score + (user % 2 == 0 ? 0.01 : -0.01))];
    }

    static double Score(double x, double y) =>
        1 - (0.1 * Math.Pow(Math.Log10(x / 0.03), 2)) - (0.001 * Math.Pow(y - 12, 2));

    static string Plain(Trial trial) => $"{string.Join(';', trial.Values)} {trial.Outcome} {trial.Probe:R} {trial.Score:R}";
}
