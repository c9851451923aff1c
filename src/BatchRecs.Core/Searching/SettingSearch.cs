using BatchRecs.Core.Errors;
using BatchRecs.Core.Evaluation;

namespace BatchRecs.Core.Searching;

/// <summary>Tries settings one after the other and stops early with those that are clearly worse than the best.</summary>
/// <remarks>
/// A setting is first measured briefly. Where even the upper 95 % bound of its paired difference from the short form of the best is
/// below 0, the long form is spared (a race in the sense of Maron and Moore 1994). What happens depends on the seed and the scores
/// alone, so a search that goes on with the trials of an earlier one ends where one in a single piece does.
/// </remarks>
/// <param name="space">What may change.</param>
/// <param name="seed">Seed of random points and of the resamples behind bounds.</param>
/// <param name="measure">Measures a setting.</param>
/// <param name="hasProbe">False = there is no short form: every trial is measured in full.</param>
/// <param name="clock">Says how long a trial took.</param>
public sealed class SettingSearch(
    IReadOnlyList<SearchDimension> space, ulong seed, MeasureSetting measure, bool hasProbe, TimeProvider clock)
{
    readonly TrialSequence _sequence = new(space, seed);
    readonly List<Trial> _trials = [];

    /// <summary>Gets the trials so far, in order.</summary>
    public IReadOnlyList<Trial> Trials => _trials;

    /// <summary>Gets the best trial so far; null where none was measured in full.</summary>
    public Trial? Best => TrialSequence.Best(_trials);

    /// <summary>Gets the short form's scores of the best trial, one per user; empty where there is none.</summary>
    public double[] BestProbe { get; private set; } = [];

    /// <summary>Goes on with trials that were made before.</summary>
    /// <param name="trials">Trials of a search in the same space with the same seed and measure, from the first on.</param>
    /// <param name="bestProbe">Its <see cref="BestProbe"/>.</param>
    public void GoOn(IReadOnlyList<Trial> trials, double[] bestProbe)
    {
        _trials.AddRange(trials);
        BestProbe = bestProbe;
    }

    /// <summary>Makes the next trial.</summary>
    /// <param name="token">Ends it early; it then leaves no trace.</param>
    /// <returns>False where nothing is left to try.</returns>
    public bool TryNext(CancellationToken token)
    {
        if (_sequence.Next(_trials) is not { } point)
            return false;
        long started = clock.GetTimestamp();
        double[] probe = [];
        double? score = null;
        var outcome = TrialOutcome.Measured;
        string note = "";
        try
        {
            probe = hasProbe ? measure(point, Effort.Probe, token) : [];
            if (hasProbe && BestProbe.Length > 0 && Interval.OfPairedDifference(probe, BestProbe, seed).High < 0)
                outcome = TrialOutcome.Stopped;
            else
                score = measure(point, Effort.Full, token).Average();
        }
        catch (BatchRecsException error) when (_trials.Count > 0)
        {
            // A setting that nothing can be made with is an answer too; that what holds now fails is an error of the job.
            (outcome, note) = (TrialOutcome.Failed, error.Message);
        }
        if (score is not null && !(score <= Best?.Score))
            BestProbe = probe;
        long elapsed = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        _trials.Add(new Trial(_trials.Count, point, outcome, probe.Length > 0 ? probe.Average() : null, score, elapsed, note));
        return true;
    }
}
