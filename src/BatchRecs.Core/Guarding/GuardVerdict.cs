namespace BatchRecs.Core.Guarding;

/// <summary>One check of a finished release.</summary>
/// <param name="Name">What is checked, as in the job file: <c>minUsers</c>, <c>minListLength</c>, <c>minCoverage</c>,
/// <c>noWorseThan.NAME</c>; or <c>finiteScores</c>, which always holds; or the figure that is compared, after whom it is compared with:
/// <c>input.NAME</c>, <c>control.NAME</c> (earlier runs), <c>champion.NAME</c> (the definition of the current release).</param>
/// <param name="Figure">What was found; null where nothing was measured.</param>
/// <param name="Limit">What was asked for.</param>
/// <param name="Passed">Whether the limit is kept.</param>
/// <param name="Message">Figure and limit in a sentence, and where the limit is broken what to do.</param>
public sealed record GuardRule(string Name, double? Figure, double Limit, bool Passed, string Message)
{
    /// <summary>Gets a value indicating whether a person may publish a release that breaks it.</summary>
    public bool MayBeOverridden => Name != ReleaseGuard.FiniteScores;

    /// <summary>Makes a rule whose message names the remedy only where the limit is broken.</summary>
    /// <param name="name">What is checked.</param>
    /// <param name="figure">What was found.</param>
    /// <param name="limit">What was asked for.</param>
    /// <param name="passed">Whether the limit is kept.</param>
    /// <param name="finding">Figure and limit in a sentence.</param>
    /// <param name="remedy">What to do where the limit is broken.</param>
    public static GuardRule Of(string name, double? figure, double limit, bool passed, string finding, string remedy) =>
        new(name, figure, limit, passed, passed ? finding : $"{finding} {remedy}");
}

/// <summary>What the guard says of a finished release: a value, not an error.</summary>
/// <param name="Rules">Every check, broken or not.</param>
public sealed record GuardVerdict(IReadOnlyList<GuardRule> Rules)
{
    /// <summary>Gets a value indicating whether the release may be published.</summary>
    public bool Passed => Rules.All(rule => rule.Passed);

    /// <summary>Gets the checks that refuse the release.</summary>
    public IEnumerable<GuardRule> Broken => Rules.Where(rule => !rule.Passed);

    /// <summary>Tells whether the release may be published.</summary>
    /// <param name="overridden">True = a person wants it published whatever the limits say.</param>
    public bool Allows(bool overridden) => Broken.All(rule => overridden && rule.MayBeOverridden);
}
