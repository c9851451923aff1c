namespace BatchRecs.Store.Releases;

/// <summary>Decides which releases are old.</summary>
public static class ReleaseRetention
{
    /// <summary>Picks the releases that limits no longer allow, and those whose removal was begun.</summary>
    /// <param name="releases">All releases of a recommender, newest first.</param>
    /// <param name="keep">How many that were current once stay, from 1; null = any number.</param>
    /// <param name="maxAge">The age beyond which a release goes; null = any age.</param>
    /// <param name="now">Now.</param>
    /// <returns>
    /// Never the current one, never one that is being loaded, and never the newest that was not published yet: it may still be.
    /// </returns>
    public static IReadOnlyList<Release> Old(IReadOnlyList<Release> releases, int? keep, TimeSpan? maxAge, DateTimeOffset now)
    {
        var current = releases.FirstOrDefault(release => release.IsCurrent);
        var built = releases.Where(release => release.State == ReleaseStates.Built && !release.IsCurrent).ToList();
        var published = built.Where(release => release.PublishedAt is not null).ToList();
        var refused = built.Where(release => release.PublishedAt is null)
            .SkipWhile((release, n) => n == 0 && (current is null || release.ReleaseId > current.ReleaseId))
            .ToList();
        var surplus = keep is { } count ? published.Skip(count - (current is null ? 0 : 1)).Concat(refused) : [];
        var expired = maxAge is { } age ? published.Concat(refused).Where(release => now - release.CreatedAt > age) : [];
        var begun = releases.Where(release => release.State == ReleaseStates.Dropping);
        return [.. begun.Concat(surplus).Concat(expired).DistinctBy(release => release.ReleaseId).OrderBy(release => release.ReleaseId)];
    }
}
