using BatchRecs.Core.Data;

namespace BatchRecs.Core.Evaluation;

/// <summary>Groups users by their number of events before a cut. The borders are fixed, so that nights can be compared.</summary>
public static class ActivitySegments
{
    static readonly int[] From = [1, 5, 20, 100];

    /// <summary>Gets the names of the groups, from the least active to the most.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. From.Select((least, n) => n + 1 < From.Length ? $"{least}-{From[n + 1] - 1} events" : $"{least} events and more")];

    /// <summary>Returns the group of each user, as indices into <see cref="Names"/>.</summary>
    /// <param name="training">The events before the cut; every user has at least one.</param>
    public static int[] Of(Snapshot training) =>
        Array.ConvertAll(training.EventsPerUser(), count => Array.FindLastIndex(From, least => least <= count));
}
