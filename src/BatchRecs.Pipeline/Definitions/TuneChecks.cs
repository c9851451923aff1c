using BatchRecs.Pipeline.Yaml;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>Checks what a tune job says of the job that it tunes.</summary>
static class TuneChecks
{
    /// <summary>Works out what is tried: the default keys of the tuned job, and what <c>space</c> and <c>keep</c> say.</summary>
    /// <param name="job">The tune job.</param>
    /// <param name="tuned">The job whose settings are tried, complete.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    /// <returns>The keys with the bounds that hold; to be used only if no problem was noted.</returns>
    public static IReadOnlyList<TunableKey> Space(TuneJob job, LoadedJob tuned, KeyProblems problems)
    {
        if (tuned.Job.Kind == JobKind.Trending)
        {
            problems.Add("job", $"{tuned.Path} is a trending job, which learns nothing; expected a refresh job.");
            return [];
        }
        var known = TunableKeys.Of(tuned.Job);
        var keep = job.Keep ?? [];
        foreach (var (name, at) in job.Space.Keys.Select(name => (name, "space"))
            .Concat(keep.Select((name, n) => (name, $"keep[{n}]"))))
            if (known.All(key => key.Name != name))
                problems.Add(at, $"'{name}' is no key that can be tuned; {Suggestion.For(name, [.. known.Select(key => key.Name)])}");
        TunableKey[] space =
        [
            .. known
                .Where(key => !keep.Contains(key.Name) && (key.IsDefault || job.Space.ContainsKey(key.Name)))
                .Select(key => job.Space.TryGetValue(key.Name, out var range) ? Ranged(key, range, problems) : key),
        ];
        if (space.Length == 0)
            problems.Add("keep", "nothing is left to try; expected fewer keys.");
        return space;
    }

    static TunableKey Ranged(TunableKey key, SpaceRange range, KeyProblems problems)
    {
        string allowed = key.GreatestAllowed == double.MaxValue
            ? $"a value from {key.Format(key.LeastAllowed)} on"
            : $"a value from {key.Format(key.LeastAllowed)} to {key.Format(key.GreatestAllowed)}";
        double from = Bound("from", range.From), to = Bound("to", range.To);
        var dimension = key.Dimension with
        {
            Least = from,
            Greatest = to,
            IsLogarithmic = range.Scale is { } scale ? scale == SpaceScale.Log : key.Dimension.IsLogarithmic && from > 0,
        };
        if (from > to)
            problems.Add("space", $"{key.Name}: 'from' lies above 'to'; expected the smaller value first.");
        else if (dimension is { IsLogarithmic: true, Least: <= 0 })
            problems.Add("space", $"{key.Name}: a range that begins at 0 has no scale 'log'; expected 'linear', or a greater 'from'.");
        return key with { Dimension = dimension };

        double Bound(string name, string text)
        {
            if (key.Read(text) is { } value)
                return value;
            problems.Add("space", $"{key.Name}: {name}: found '{text}'; expected {allowed}.");
            return key.Dimension.Greatest;
        }
    }
}
