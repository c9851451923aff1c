namespace BatchRecs.Pipeline.Checks;

/// <summary>What is wrong with a job, and what a run of it will cost.</summary>
/// <param name="Job">Path of the job file.</param>
/// <param name="Findings">What was found; empty if all is well.</param>
/// <param name="Estimate">What a run will cost; null if that cannot be known, because the job file or a source is broken.</param>
/// <param name="Sufficiency">Whether the data suffice; null with <paramref name="Estimate"/>.</param>
public sealed record JobCheck(string Job, IReadOnlyList<CheckFinding> Findings, CostEstimate? Estimate, DataSufficiency? Sufficiency)
{
    /// <summary>Gets what a run needs of memory and disk, and how much there is; empty without an estimate.</summary>
    public IReadOnlyList<ResourceNeed> Needs { get; init; } = [];

    /// <summary>Gets a value indicating whether a run would fail.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>One finding.</summary>
/// <param name="Severity">Whether a run would fail.</param>
/// <param name="Where">File, line and key, or source and column.</param>
/// <param name="Message">What was found and what was expected.</param>
/// <param name="Remedy">What to do; may be empty.</param>
public sealed record CheckFinding(Severity Severity, string Where, string Message, string Remedy = "");

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; a run works.</summary>
    Warning,

    /// <summary>A run would fail.</summary>
    Error,
}

/// <summary>What a run will cost.</summary>
/// <param name="Events">Events in the window.</param>
/// <param name="Users">Users with an event in the window.</param>
/// <param name="Items">Items with an event in the window.</param>
/// <param name="MemoryBytes">Greatest memory of the process.</param>
/// <param name="DiskBytes">Artifacts of one run.</param>
/// <param name="ReleaseBytes">Serving tables of one release.</param>
/// <param name="Duration">Wall time of a run that computes everything.</param>
public sealed record CostEstimate(
    long Events, long Users, long Items, long MemoryBytes, long DiskBytes, long ReleaseBytes, TimeSpan Duration)
{
    /// <summary>Gets the part of the memory that holds all lists at once, for allocators; 0 without any.</summary>
    public long ListBytes { get; init; }
}

/// <summary>Whether the data suffice.</summary>
/// <param name="Items">Items with an event.</param>
/// <param name="UsersWithThreeEvents">Users with at least three events.</param>
/// <param name="HoldoutUsers">Users that an evaluation could use.</param>
/// <param name="Verdict">What the data are good for.</param>
public sealed record DataSufficiency(long Items, long UsersWithThreeEvents, long HoldoutUsers, DataVerdict Verdict);

/// <summary>What the data are good for.</summary>
public enum DataVerdict
{
    /// <summary>Enough for personal lists.</summary>
    Fit,

    /// <summary>Enough for popular lists only.</summary>
    PopularListsAreEnough,

    /// <summary>Not enough for anything.</summary>
    TooLittle,
}
