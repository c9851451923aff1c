using System.Globalization;

namespace BatchRecs.Core.Evaluation;

/// <summary>Splits users into up to four parts of about the same size by a count; equal counts stay together.</summary>
/// <remarks>
/// The borders follow the shop, so that every part has users enough for an interval; <see cref="ActivitySegments"/> has fixed ones instead,
/// because nights are compared with each other.
/// </remarks>
/// <param name="Names">The parts, ascending: <c>1–3 events</c>, <c>10 or more events</c>.</param>
/// <param name="Of">The part of each user.</param>
sealed record Quartiles(string[] Names, int[] Of)
{
    /// <summary>Splits.</summary>
    /// <param name="counts">One count per user, at least one user.</param>
    public static Quartiles Split(int[] counts)
    {
        int[] sorted = [.. counts.Order()];
        // A part starts at the first count of its quarter; where quarters start at the same count they are one part.
        int[] starts = [.. Enumerable.Range(0, 4).Select(quarter => sorted[quarter * sorted.Length / 4]).Distinct()];
        return new Quartiles(
            [.. starts.Select((from, k) => Name(from, k + 1 < starts.Length ? starts[k + 1] - 1 : null))],
            Array.ConvertAll(counts, count => Array.FindLastIndex(starts, start => start <= count)));
    }

    static string Name(int from, int? to)
    {
        string first = from.ToString("N0", CultureInfo.InvariantCulture);
        return to switch
        {
            null => $"{first} or more events",
            1 => "1 event",
            { } last when last == from => $"{first} events",
            { } last => string.Create(CultureInfo.InvariantCulture, $"{first}–{last:N0} events"),
        };
    }
}
