namespace BatchRecs.Pipeline.Definitions;

/// <summary>How a run avoids reading what it has read before.</summary>
public sealed record IncrementalOptions
{
    /// <summary>Gets the options of a job that reads everything every time.</summary>
    public static IncrementalOptions Off { get; } = new() { Enabled = false };

    /// <summary>Gets the options that <c>incremental: true</c> stands for.</summary>
    public static IncrementalOptions On { get; } = new();

    /// <summary>Gets a value indicating whether only new and changed rows are read.</summary>
    public bool Enabled { get; private init; } = true;

    /// <summary>Gets how far behind the newest row of the last run rows are read again, where a source does not say it.</summary>
    /// <value>The default is 3 days.</value>
    [DurationRange("1s", "36500d")]
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Gets after how long everything is read again.</summary>
    /// <value>The default is 7 days.</value>
    [DurationRange("1d", "365d")]
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets how the stored rows are checked against the source.</summary>
    /// <value>The default is <see cref="Verification.Count"/>.</value>
    public Verification Verify { get; init; } = Verification.Count;
}

/// <summary>How stored rows are checked against the source before they are used.</summary>
public enum Verification
{
    /// <summary>Their number is compared.</summary>
    Count,

    /// <summary>They are not.</summary>
    None,
}

/// <summary>How new and changed rows of one source are found.</summary>
public sealed record SourceIncremental
{
    /// <summary>Gets the column that grows with every insert and update; null = the time of the event.</summary>
    public string? Watermark { get; init; }

    /// <summary>Gets the column that identifies a row; needed with <see cref="Watermark"/>.</summary>
    public string? Key { get; init; }

    /// <summary>Gets how far behind the newest watermark rows are read again; null = as the job says.</summary>
    public Overlap? Overlap { get; init; }

    /// <summary>Gets where the keys of deleted rows are listed; optional.</summary>
    public DeletedOptions? Deleted { get; init; }
}

/// <summary>A relation with the keys of deleted rows: exactly one of <see cref="Table"/> and <see cref="Query"/>.</summary>
public sealed record DeletedOptions
{
    /// <summary>Gets the table or view.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the column with the key of the deleted row; null = it is called as in the source.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the column that says when it was deleted; null = it is called as the watermark of the source.</summary>
    public string? Watermark { get; init; }
}
