using BatchRecs.Pipeline.Definitions;
using BatchRecs.Pipeline.Runs;
using BatchRecs.Store.Releases;

namespace BatchRecs.Pipeline.Quality;

/// <summary>A time in which readers had one release.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Since">Its first instant, in microseconds since 1970-01-01 UTC; the release knows no event from it on.</param>
/// <param name="Until">The first instant after it.</param>
sealed record ServingTime(long ReleaseId, long Since, long Until)
{
    /// <summary>Lists the times that a run can score: of the current release, and of retired ones that never were scored.</summary>
    /// <remarks>
    /// A release that somebody went back from was current between two runs, so no run found it current: its events are its own all the
    /// same. Of one that became current again only the last time counts; the store knows no other.
    /// </remarks>
    /// <param name="releases">All releases of the recommender.</param>
    /// <param name="scored">The releases that have been scored.</param>
    /// <param name="policy">
    /// What as-of follows. Data that ended long ago have a time of their own: there a release serves from the newest event that it knows.
    /// </param>
    /// <param name="asOf">Up to when the run counts events, inclusive; microseconds since 1970-01-01 UTC.</param>
    /// <returns>Oldest release first; none that ends before it begins, as those of a run that looks at the past.</returns>
    public static IEnumerable<ServingTime> Due(
        IReadOnlyList<Release> releases, IReadOnlyList<long> scored, AsOfPolicy policy, long asOf) => releases
        .Where(release => release.State == ReleaseStates.Built && release.PublishedAt is not null)
        .Where(release => release.IsCurrent || (policy == AsOfPolicy.Now && !scored.Contains(release.ReleaseId)))
        .OrderBy(release => release.ReleaseId)
        .Select(release => new ServingTime(release.ReleaseId, Start(release, policy), End(release, asOf)))
        .Where(time => time.Since < time.Until);

    static long Start(Release release, AsOfPolicy policy) => policy == AsOfPolicy.LatestEvent
        ? release.DataUntil + 1
        : Math.Max(Micros.Of(release.PublishedAt!.Value), release.DataUntil + 1);

    static long End(Release release, long asOf) =>
        Math.Min(asOf + 1, release.RetiredAt is { } retired ? Micros.Of(retired) : long.MaxValue);
}
