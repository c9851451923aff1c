using System.ComponentModel.DataAnnotations;

namespace BatchRecs.Pipeline.Definitions;

/// <summary>One source of events: a table or a query, and which column is what.</summary>
/// <remarks>Exactly one of <see cref="Table"/> and <see cref="Query"/>.</remarks>
public sealed record SourceOptions
{
    /// <summary>Gets the table or view, with its schema where it has one.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the columns.</summary>
    public required SourceColumns Columns { get; init; }

    /// <summary>Gets the event type of every row; null where <see cref="SourceColumns.Event"/> names a column.</summary>
    /// <value>The default, where neither is given, is <c>interaction</c>.</value>
    public string? Event { get; init; }

    /// <summary>Gets names in the event column that mean an event type of this job: <c>{ addToCart: cart }</c>.</summary>
    public IReadOnlyDictionary<string, string> EventNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the unit of an integer time column.</summary>
    /// <value>The default is <see cref="TimeUnit.Seconds"/>.</value>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Seconds;

    /// <summary>Gets how new and changed rows are found in an incremental job; null = by the time of the event.</summary>
    public SourceIncremental? Incremental { get; init; }
}

/// <summary>Which column of a source is what.</summary>
public sealed record SourceColumns
{
    /// <summary>Gets the column of the user id.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }

    /// <summary>Gets the column of the time.</summary>
    public required string Time { get; init; }

    /// <summary>Gets the column of the value (rating, quantity, dwell time); optional.</summary>
    public string? Value { get; init; }

    /// <summary>Gets the column of the event type; optional.</summary>
    public string? Event { get; init; }
}

/// <summary>Unit of an integer time column, since 1970-01-01 UTC.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,
}

/// <summary>How many bad rows (null ids, impossible times, not-a-number values) a run tolerates.</summary>
public sealed record RejectOptions
{
    /// <summary>Gets the largest share of bad rows.</summary>
    /// <value>The default is 0.01.</value>
    [Range(0.0, 1.0)]
    public double MaxShare { get; init; } = 0.01;

    /// <summary>Gets how many bad rows a message names.</summary>
    /// <value>The default is 10.</value>
    [Range(0, 1000)]
    public int Show { get; init; } = 10;

    /// <summary>Gets how many bad rows of each source and reason the quarantine keeps.</summary>
    /// <value>The default is 100.</value>
    [Range(0, 10_000)]
    public int Sample { get; init; } = 100;
}

/// <summary>Where titles and categories of items come from: exactly one of <see cref="Table"/> and <see cref="Query"/>.</summary>
public sealed record ItemsOptions
{
    /// <summary>Gets the table or view.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the path of an SQL file with one select statement, relative to the project root.</summary>
    public string? Query { get; init; }

    /// <summary>Gets the columns.</summary>
    public required ItemColumns Columns { get; init; }
}

/// <summary>Which column of the item table is what.</summary>
public sealed record ItemColumns
{
    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }

    /// <summary>Gets the column of the title; optional.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the column of the categories; optional. A bare name means one category per item.</summary>
    [ShortFor("column")]
    public CategoriesColumn? Categories { get; init; }
}

/// <summary>A column with one category or, with a separator, several.</summary>
public sealed record CategoriesColumn
{
    /// <summary>Gets the column.</summary>
    public required string Column { get; init; }

    /// <summary>Gets what separates categories; null = the whole text is one category.</summary>
    [MayBeBlank]
    public string? Separator { get; init; }
}

/// <summary>Queries whose rows may not be recommended; paths of SQL files relative to the project root.</summary>
public sealed record ExcludeOptions
{
    /// <summary>Gets a query whose first column lists items that nobody may get.</summary>
    public string? Items { get; init; }

    /// <summary>Gets a query whose first two columns list (user, item) pairs that may not appear.</summary>
    public string? Pairs { get; init; }
}
