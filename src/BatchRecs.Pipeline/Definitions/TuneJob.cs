using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>A job of kind <c>tune</c>: tries other settings of a refresh job on the past and proposes the best.</summary>
public sealed record TuneJob
{
    /// <summary>Gets what kind of job this is: <see cref="JobKind.Tune"/>.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>Gets the path of the refresh job whose settings are tried; it is never changed.</summary>
    public required string Job { get; init; }

    /// <summary>Gets how long settings are tried in all, runs that were interrupted included.</summary>
    /// <value>The default is 30 minutes.</value>
    [DurationRange("1s", "30d")]
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets how many settings are tried at most, the one that holds now included.</summary>
    /// <value>The default is 60.</value>
    [Range(2, 10000)]
    public int Trials { get; init; } = 60;

    /// <summary>Gets the seed of the settings that are drawn.</summary>
    /// <value>The default is 42.</value>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long Seed { get; init; } = 42;

    /// <summary>Gets ranges in place of the defaults, and further keys to try, by key of the tuned job.</summary>
    /// <value>By default the keys and ranges that docs/configuration.md lists.</value>
    public IReadOnlyDictionary<string, SpaceRange> Space { get; init; } = new Dictionary<string, SpaceRange>();

    /// <summary>Gets the keys of the tuned job that stay as they are.</summary>
    /// <value>By default none.</value>
    public IReadOnlyList<string>? Keep { get; init; }
}

/// <summary>Between which bounds a key is tried.</summary>
public sealed record SpaceRange
{
    /// <summary>Gets the least value: a number or a duration, as the key takes it.</summary>
    public required string From { get; init; }

    /// <summary>Gets the greatest value.</summary>
    public required string To { get; init; }

    /// <summary>Gets whether equal steps are equal differences or equal ratios.</summary>
    /// <value>By default as the key has it.</value>
    public SpaceScale? Scale { get; init; }
}

/// <summary>How a range is divided.</summary>
public enum SpaceScale
{
    /// <summary>Equal steps are equal differences.</summary>
    Linear,

    /// <summary>Equal steps are equal ratios.</summary>
    Log,
}

/// <summary>A tune job file that was read and checked.</summary>
/// <param name="Job">What it says.</param>
/// <param name="Path">Its path, relative to the project root where it lies inside.</param>
/// <param name="Text">Its text.</param>
/// <param name="Tuned">The job whose settings are tried.</param>
/// <param name="Keys">What may change, with the bounds that hold.</param>
public sealed record LoadedTune(TuneJob Job, string Path, string Text, LoadedJob Tuned, IReadOnlyList<TunableKey> Keys);
