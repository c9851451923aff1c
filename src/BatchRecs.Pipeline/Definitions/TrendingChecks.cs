using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>What differs in a job of kind <c>trending</c>: it learns nothing, so it takes only the keys that lists of all need.</summary>
static class TrendingChecks
{
    /// <summary>The keys at the top that a trending job takes.</summary>
    static readonly string[] Keys =
    [
        "kind", "recommender", "stores", "timeZone", "asOf", "sources", "window", "rejects", "items", "events", "exclude", "privacy",
        "popular", "live", "publish", "artifacts", "limits",
    ];

    /// <summary>Fills in what follows from the rest; a short window is what such a job is for, so that is its default.</summary>
    public static RefreshJob Complete(RefreshJob job, KeyProblems problems) => job with
    {
        Events = job.Events.Count > 0 ? job.Events : JobDefaults.Events(job.Sources),
        Window = problems.IsWritten("window") ? job.Window : job.Popular.TrendingBase,
    };

    /// <summary>Checks that the file has no key that would mean nothing.</summary>
    public static void Check(RefreshJob job, KeyProblems problems)
    {
        foreach (string key in OptionKeys.NamesOf(typeof(RefreshJob)).Except(Keys))
            Refuse(key, "a trending job learns nothing and makes no lists of users");
        foreach (string type in job.Events.Keys)
            foreach (string key in (string[])["halfLife", "floor", "value"])
                Refuse($"events.{type}.{key}", "popular.halfLife says how events fade in a trending job");
        for (int n = 0; n < job.Sources.Count; n++)
            Refuse($"sources[{n}].incremental", "a trending job reads its short window every time");
        Refuse("exclude.pairs", "a trending job makes no lists of users");
        Refuse("live.seen", "a trending job makes no lists of users");
        WindowChecks.CheckPopular(job, problems);

        void Refuse(string key, string because)
        {
            if (problems.IsWritten(key))
                problems.Add(key, $"{because}; expected no such key.");
        }
    }
}
