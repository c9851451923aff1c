using BatchRecs.Core.Training;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>
/// Fills in what follows from the rest of a job definition, so that <c>sources</c> and <c>recommender</c> alone make a sound job.
/// </summary>
public static class JobDefaults
{
    /// <summary>The event type of a source that names none.</summary>
    public const string EventName = "interaction";

    /// <summary>The least number of candidates per scorer where the job does not say.</summary>
    const int LeastCandidates = 200;

    /// <summary>Completes a definition.</summary>
    public static RefreshJob Complete(RefreshJob job)
    {
        IReadOnlyDictionary<string, object> scorers = job.Scorers.Count > 0
            ? job.Scorers
            : new Dictionary<string, object> { ["als"] = new AlsOptions(), ["recent"] = new RecentOptions() };
        return job with
        {
            Events = job.Events.Count > 0 ? job.Events : Events(job.Sources),
            Scorers = scorers,
            Evaluate = job.Evaluate with { At = At(job) },
            Blend = job.Blend.Count > 0 ? job.Blend : Blend(scorers.Keys),
            Precompute = job.Precompute with
            {
                Candidates = job.Precompute.Candidates == 0
                    ? Math.Max(LeastCandidates, 2 * job.Precompute.Count)
                    : job.Precompute.Candidates,
            },
        };
    }

    /// <summary>Lists are measured as they are served: the default lengths end where the lists do.</summary>
    static IReadOnlyList<int> At(RefreshJob job)
    {
        if (!job.Evaluate.At.SequenceEqual(EvaluateOptions.DefaultAt))
            return job.Evaluate.At;
        int[] served = [.. job.Evaluate.At.Where(length => length <= job.Precompute.Count)];
        return served.Length > 0 ? served : [job.Precompute.Count];
    }

    /// <summary>Returns an event type with the defaults for every constant event of some sources.</summary>
    public static Dictionary<string, EventOptions> Events(IReadOnlyList<SourceOptions> sources) => sources
        .Select(source => source.Event ?? EventName)
        .Distinct()
        .ToDictionary(name => name, _ => new EventOptions());

    /// <summary>The first scorer counts 1, the others what the validation window says.</summary>
    static Dictionary<string, Tunable> Blend(IEnumerable<string> scorers) => scorers
        .Select((name, n) => (name, n))
        .ToDictionary(entry => entry.name, entry => entry.n == 0 ? new Tunable(1) : Tunable.Tuned);
}
