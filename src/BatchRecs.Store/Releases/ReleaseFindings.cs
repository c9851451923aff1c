namespace BatchRecs.Store.Releases;

/// <summary>What is wrong with the rows of a release: per check how often, and where first. Never names a user.</summary>
sealed class ReleaseFindings
{
    readonly Dictionary<string, (long Count, string First)> _findings = [];

    /// <summary>Gets a value indicating whether nothing is wrong.</summary>
    public bool IsEmpty => _findings.Count == 0;

    /// <summary>Adds a row that breaks a check.</summary>
    /// <param name="check">What is wrong, in the plural.</param>
    /// <param name="item">The item of the row.</param>
    /// <param name="rank">Its rank.</param>
    public void Add(string check, string item, long rank)
    {
        var found = _findings.GetValueOrDefault(check);
        _findings[check] = (found.Count + 1, found.Count == 0 ? $"item '{item}' at rank {rank}" : found.First);
    }

    /// <summary>Adds a number that is not what was written.</summary>
    public void Compare(string what, long found, long expected)
    {
        if (found != expected)
            _findings[what] = (found, $"expected {expected}");
    }

    /// <summary>Lists the findings, for a message.</summary>
    public override string ToString() => string.Join("; ", _findings.Select(
        entry => entry.Value.First.StartsWith("expected", StringComparison.Ordinal)
            ? $"{entry.Key}: {entry.Value.Count}, {entry.Value.First}"
            : $"{entry.Key}: {entry.Value.Count}, the first is {entry.Value.First}"));
}
