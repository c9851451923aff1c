using System.Globalization;
using BatchRecs.Core.Data;
using BatchRecs.Core.Recipes;
using BatchRecs.Core.Searching;
using BatchRecs.Core.Training;
using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;

namespace BatchRecs.Pipeline.Stages;

/// <summary>Tries settings of a job on the days before its test period, until the budget or the trials are used up.</summary>
/// <param name="tune">What is tried, for how long.</param>
/// <param name="kept">The trials on disk.</param>
/// <param name="searchesAnew">True = those that are there are left aside.</param>
/// <param name="clock">The clock.</param>
sealed class TuneStage(LoadedTune tune, TrialFile kept, bool searchesAnew, TimeProvider clock)
{
    /// <summary>The short form of a trial makes a third of the sweeps, and at least so many.</summary>
    const int LeastSweeps = 2;

    const int ProbeShare = 3;

    readonly RefreshJob _job = tune.Tuned.Job;

    /// <summary>Runs the stage.</summary>
    /// <remarks>A cancellation does not wait for steps that look at no token: they end by themselves and their result is dropped.</remarks>
    public Task<StageOutput<TuneSearch>> RunAsync(
        Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token) => Task.Run(
        () =>
        {
            var search = Search(snapshot, progress, token);
            return new StageOutput<TuneSearch>(search, search.Trials.Count, "trials", Note(search));
        },
        token).WaitAsync(token);

    /// <summary>Returns the definition with the values of a trial.</summary>
    public static RefreshJob Definition(LoadedTune tune, IReadOnlyList<double?> values)
    {
        var job = tune.Tuned.Job;
        for (int d = 0; d < values.Count; d++)
            if (values[d] is { } value)
                job = tune.Keys[d].With(job, value);
        return job;
    }

    TuneSearch Search(Snapshot snapshot, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var split = JobPlan.Evaluation(_job).Holdout.Split(snapshot);
        var window = ValidationWindow.Of(new Recipe(JobPlan.Recipe(_job)), split.Training, _job.Evaluate.At[0]);
        var search = new SettingSearch(
            [.. tune.Keys.Select(key => key.Dimension)],
            (ulong)tune.Job.Seed,
            (values, effort, stop) => window.Measure(Recipe(values, effort), stop),
            _job.Scorers.Values.OfType<AlsOptions>().Any(),
            clock);
        var (trials, bestProbe) = searchesAnew ? ([], []) : kept.Load();
        search.GoOn(trials, bestProbe);
        string ended = Try(search, progress, () => kept.Save(search.Trials, search.BestProbe, split.Training.DataUntil), token);
        return new TuneSearch(search.Trials, search.Best!, window.From, split.TestFrom, window.UserCount, trials.Count, ended);
    }

    /// <summary>Makes trials until something ends it.</summary>
    /// <returns>What ended it.</returns>
    string Try(SettingSearch search, IProgress<StageProgress>? progress, Action save, CancellationToken token)
    {
        while (search.Trials.Count < tune.Job.Trials)
        {
            progress?.Report(new StageProgress(search.Trials.Count, tune.Job.Trials, "trials", Best(search)));
            var left = tune.Job.Budget - TimeSpan.FromMilliseconds(search.Trials.Sum(trial => trial.ElapsedMs));
            // Without the definition that holds now nothing could be compared, so that one may take its time.
            bool isFirst = search.Trials.Count == 0;
            if (!isFirst && left <= TimeSpan.Zero)
                return "the budget is used up";
            using var budget = new CancellationTokenSource(isFirst ? Timeout.InfiniteTimeSpan : left, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, budget.Token);
            try
            {
                if (!search.TryNext(either.Token))
                    return "nothing is left to try";
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                return "the budget is used up";
            }
            token.ThrowIfCancellationRequested();
            save();
        }
        return "all trials are made";
    }

    Recipe Recipe(IReadOnlyList<double?> values, Effort effort)
    {
        var job = Definition(tune, values);
        if (effort == Effort.Probe)
            job = job with { Scorers = job.Scorers.ToDictionary(scorer => scorer.Key, scorer => Shortened(scorer.Value)) };
        return new Recipe(JobPlan.Recipe(job));
    }

    static object Shortened(object scorer) => scorer is AlsOptions als
        ? als with { Iterations = Math.Min(als.Iterations, Math.Max(LeastSweeps, als.Iterations / ProbeShare)) }
        : scorer;

    static string Best(SettingSearch search) => search.Best is { Score: { } score } best
        ? string.Create(CultureInfo.InvariantCulture, $"best: trial {best.Number}, NDCG {score:0.0000}")
        : "";

    string Note(TuneSearch search)
    {
        int stopped = search.Trials.Count(trial => trial.Outcome == TrialOutcome.Stopped);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{search.Resumed} of them made before, {stopped} stopped early, {search.Ended}; best: trial {search.Best.Number}, "
            + $"NDCG@{_job.Evaluate.At[0]} {search.Best.Score:0.0000} against {search.Trials[0].Score:0.0000} now, "
            + $"{search.Users:N0} validation users");
    }
}

/// <summary>What a search found.</summary>
/// <param name="Trials">All trials, in order.</param>
/// <param name="Best">The best of them.</param>
/// <param name="ValidationFrom">Start of the validation window, in microseconds since 1970-01-01 UTC.</param>
/// <param name="TestFrom">T1, in microseconds since 1970-01-01 UTC.</param>
/// <param name="Users">Users of the validation window.</param>
/// <param name="Resumed">How many of the trials an earlier run had made.</param>
/// <param name="Ended">Why the search ended.</param>
sealed record TuneSearch(
    IReadOnlyList<Trial> Trials, Trial Best, long ValidationFrom, long TestFrom, int Users, int Resumed, string Ended);
