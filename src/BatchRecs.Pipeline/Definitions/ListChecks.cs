using BatchRecs.Core.Evaluation;
using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that scorers, lengths, periods and limits fit together.</summary>
/// <param name="job">The complete definition.</param>
/// <param name="problems">Where mistakes are noted.</param>
sealed class ListChecks(RefreshJob job, KeyProblems problems)
{
    /// <summary>The baselines that every evaluation has, besides the scorers of the job.</summary>
    static readonly string[] Baselines = ["popular", "last-7-days", "recent"];

    /// <summary>Checks everything.</summary>
    public void Check()
    {
        CheckBlend();
        CheckLengths();
        CheckPeriods();
        string[] known = [.. Baselines.Union(job.Scorers.Keys)];
        foreach (string name in job.Guard.NoWorseThan.Except(known))
            problems.Add("guard.noWorseThan", $"'{name}' is no baseline; {Suggestion.For(name, known)}");
        foreach (var metric in job.Guard.Champion.Metrics.Except(Evaluator.Compared))
            problems.Add(
                "guard.champion.metrics", $"found {Word(metric)}; expected some of {string.Join(", ", Evaluator.Compared.Select(Word))}.");
        if (job.Guard.Control.MinRuns > job.Guard.Control.History)
            problems.Add(
                "guard.control.minRuns",
                $"found {job.Guard.Control.MinRuns}; expected at most guard.control.history, {job.Guard.Control.History}.");
    }

    static string Word(RankingMetric metric) => OptionKeys.WordsOf(typeof(RankingMetric)).Single(word => word.Value.Equals(metric)).Key;

    void CheckBlend()
    {
        foreach (string name in job.Blend.Keys.Except(job.Scorers.Keys))
            problems.Add($"blend.{name}", $"'{name}' is not among scorers; {Suggestion.For(name, [.. job.Scorers.Keys])}");
        foreach (string name in job.Scorers.Keys.Except(job.Blend.Keys))
            problems.Add("blend", $"the scorer '{name}' has no weight; expected blend.{name}: a number, or 'tuned'.");
        if (job.Blend.Values.All(weight => weight.Value == 0))
            problems.Add("blend", "every weight is 0; expected at least one that is not.");
    }

    void CheckLengths()
    {
        int count = job.Precompute.Count;
        int candidates = job.Precompute.Candidates;
        if (candidates < count)
            problems.Add("precompute.candidates", $"found {candidates}; expected at least precompute.count, {count}.");
        AtMostCount("precompute.reasons", job.Precompute.Reasons);
        AtMostCount("guard.minListLength", job.Guard.MinListLength);
        AtMostCount("guard.depth", job.Guard.Depth);

        if (job.Explore?.Ranks is { } ranks
            && (ranks[0] < 1 || ranks[^1] > count || ranks.Zip(ranks.Skip(1)).Any(pair => pair.First >= pair.Second)))
            problems.Add(
                "explore.ranks",
                $"found {string.Join(", ", ranks)}; "
                + $"expected places from 1 to precompute.count, {count}, each greater than the one before.");

        var at = job.Evaluate.At;
        if (at[0] < 1 || at.Zip(at.Skip(1)).Any(pair => pair.First >= pair.Second))
            problems.Add("evaluate.at", $"found {string.Join(", ", at)}; expected lengths from 1, each greater than the one before.");
        else if (at[^1] > count)
            problems.Add(
                "evaluate.at", $"found {at[^1]}; expected at most precompute.count, {count}: lists are measured as they are served.");

        // A default that is longer than a short list means the whole list; a written one is a mistake.
        void AtMostCount(string key, int length)
        {
            if (length > count && problems.IsWritten(key))
                problems.Add(key, $"found {length}; expected at most precompute.count, {count}.");
        }
    }

    /// <summary>What lies outside the window is never read, so nothing can look further back.</summary>
    void CheckPeriods()
    {
        string window = DurationText.Format(job.Window);
        if (job.Precompute.Seen.Within is { } within && within > job.Window)
            problems.Add(
                "precompute.seen.within",
                $"found {DurationText.Format(within)}; expected at most window, {window}: older events are not read.");
        WindowChecks.CheckPopular(job, problems);
        var measured = (job.Evaluate.Windows * (job.Evaluate.Holdout.Duration ?? TimeSpan.Zero))
            + (job.Evaluate.Validation.Duration ?? TimeSpan.Zero);
        string times = job.Evaluate.Windows == 1 ? "" : $"{job.Evaluate.Windows} times ";
        if (measured >= job.Window)
            problems.Add(
                "evaluate",
                $"found {times}holdout {job.Evaluate.Holdout} and validation {job.Evaluate.Validation}; "
                + $"expected less than window, {window}, together: what comes before them is learnt from.");
    }
}
