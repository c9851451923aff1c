using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A job of kind <c>prune</c>: removes old releases, artifacts and entries of the ledger, by age and size.</summary>
/// <remarks>What a section does not limit stays; without the section nothing of its kind is touched.</remarks>
public sealed record PruneJob
{
    /// <summary>Gets what kind of job this is: <see cref="JobKind.Prune"/>.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>Gets the name of the store whose releases and ledger are looked at.</summary>
    public PruneStores Stores { get; init; } = new();

    /// <summary>Gets the recommenders to look at.</summary>
    /// <value>By default all that the store has.</value>
    [MinLength(1)]
    public IReadOnlyList<string>? Recommenders { get; init; }

    /// <summary>Gets which releases go; the current one never does.</summary>
    public PruneReleases? Releases { get; init; }

    /// <summary>Gets which artifacts go.</summary>
    public PruneArtifacts? Artifacts { get; init; }

    /// <summary>Gets which entries of the ledger go.</summary>
    public PruneLedger? Ledger { get; init; }
}

/// <summary>Which configured store (appsettings, <c>stores.NAME</c>) is pruned.</summary>
public sealed record PruneStores
{
    /// <summary>Gets the store with releases and ledger.</summary>
    /// <value>The default is <c>serving</c>.</value>
    public string Serving { get; init; } = "serving";
}

/// <summary>Which releases go.</summary>
public sealed record PruneReleases
{
    /// <summary>Gets how many releases that were current once stay, the current one included.</summary>
    /// <value>By default their number is not limited.</value>
    [Range(1, 1000)]
    public int? Keep { get; init; }

    /// <summary>Gets the age, counted from the load, beyond which a release goes.</summary>
    /// <value>By default age is not limited.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan? MaxAge { get; init; }
}

/// <summary>Which artifacts go.</summary>
public sealed record PruneArtifacts
{
    /// <summary>Gets the age beyond which an artifact goes.</summary>
    /// <value>By default age is not limited.</value>
    [DurationRange("1h", "36500d")]
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets how much room the artifacts of one recommender may take; the oldest go first.</summary>
    /// <value>By default room is not limited.</value>
    public ByteSize? MaxSize { get; init; }
}

/// <summary>Which entries of the ledger go.</summary>
public sealed record PruneLedger
{
    /// <summary>Gets the age beyond which ended runs go, with their stages and measurements.</summary>
    [DurationRange("1d", "36500d")]
    public required TimeSpan MaxAge { get; init; }
}

/// <summary>A prune job file that was read and checked.</summary>
/// <param name="Job">What it says.</param>
/// <param name="Path">Its path, relative to the project root where it lies inside.</param>
public sealed record LoadedPrune(PruneJob Job, string Path);
