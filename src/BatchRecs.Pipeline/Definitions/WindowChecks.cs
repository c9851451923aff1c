using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks that the windows of popular and trending lists lie inside each other.</summary>
static class WindowChecks
{
    /// <summary>Checks the section <c>popular</c>.</summary>
    public static void CheckPopular(RefreshJob job, KeyProblems problems)
    {
        var popular = job.Popular;
        AtMost("popular.window", popular.Window, "window", job.Window);
        AtMost("popular.trendingWindow", popular.TrendingWindow, "popular.trendingBase", popular.TrendingBase);
        // In a young or short window the default reaches as far as there are events.
        if (problems.IsWritten("popular.trendingBase"))
            AtMost("popular.trendingBase", popular.TrendingBase, "window", job.Window);

        void AtMost(string key, TimeSpan? found, string limitKey, TimeSpan limit)
        {
            if (found > limit)
                problems.Add(key, $"found {DurationText.Format(found.Value)}; expected at most {limitKey}, {DurationText.Format(limit)}.");
        }
    }
}
