namespace BatchRecs.Core.Guarding;

/// <summary>One check of a finished release.</summary>
/// <param name="Name">What is checked, as in the job file: <c>minUsers</c>, <c>minListLength</c>, <c>minCoverage</c>,
/// <c>noWorseThan.NAME</c>; or <c>finiteScores</c>, which always holds.</param>
/// <param name="Figure">What was found; null where nothing was measured.</param>
/// <param name="Limit">What was asked for.</param>
/// <param name="Passed">Whether the limit is kept.</param>
/// <param name="Message">Figure and limit in a sentence, and where the limit is broken what to do.</param>
public sealed record GuardRule(string Name, double? Figure, double Limit, bool Passed, string Message);

/// <summary>What the guard says of a finished release: a value, not an error.</summary>
/// <param name="Rules">Every check, broken or not.</param>
public sealed record GuardVerdict(IReadOnlyList<GuardRule> Rules)
{
    /// <summary>Gets a value indicating whether the release may be published.</summary>
    public bool Passed => Rules.All(rule => rule.Passed);

    /// <summary>Gets the checks that refuse the release.</summary>
    public IEnumerable<GuardRule> Broken => Rules.Where(rule => !rule.Passed);
}
