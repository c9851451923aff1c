using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>How long the artifacts of a recommender stay on disk. What the last run read or wrote always stays.</summary>
public sealed record ArtifactsOptions
{
    /// <summary>Gets how many artifacts of each stage are kept, the newest ones.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 100)]
    public int Keep { get; init; } = 2;

    /// <summary>Gets the age from which on an artifact is removed.</summary>
    /// <value>The default is 30 days; null is written <c>maxAge: unlimited</c>.</value>
    [DurationRange("1h", "36500d"), Word("unlimited")]
    public TimeSpan? MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the size of all artifacts of the recommender above which the oldest are removed.</summary>
    /// <value>The default is 20 GB; null is written <c>maxSize: unlimited</c>.</value>
    [Word("unlimited")]
    public ByteSize? MaxSize { get; init; } = new(20_000_000_000);
}

/// <summary>How much room a run may plan for; a run that is estimated to need more does not begin.</summary>
public sealed record LimitsOptions
{
    /// <summary>Gets the memory.</summary>
    /// <value>The default, written <c>memory: free</c>, is what the machine or container has.</value>
    [Word("free")]
    public ByteSize? Memory { get; init; }

    /// <summary>Gets the disk, on each disk that a run writes to.</summary>
    /// <value>The default, written <c>disk: free</c>, is what is free there.</value>
    [Word("free")]
    public ByteSize? Disk { get; init; }
}
