namespace BatchRecs.Store.Extract;

/// <summary>One source of events: a relation of the warehouse, and which column is what.</summary>
public sealed record EventSource
{
    /// <summary>Gets what the source is called in messages: <c>sources[0] (public.ratings)</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the table, view or query.</summary>
    public required SourceRelation Relation { get; init; }

    /// <summary>Gets the column of the user id: an integer, uuid or text.</summary>
    public required string User { get; init; }

    /// <summary>Gets the column of the item id: an integer, uuid or text.</summary>
    public required string Item { get; init; }

    /// <summary>Gets the column of the time.</summary>
    public required string Time { get; init; }

    /// <summary>Gets the column of the value; null if events of this source have none.</summary>
    public string? Value { get; init; }

    /// <summary>Gets the column of the event type; null if <see cref="ConstantEvent"/> says it.</summary>
    public string? Event { get; init; }

    /// <summary>Gets the event type of every row where <see cref="Event"/> is null.</summary>
    /// <value>The default is <c>interaction</c>.</value>
    public string ConstantEvent { get; init; } = "interaction";

    /// <summary>Gets names in the event column that mean another event type; names that are not listed mean themselves.</summary>
    public IReadOnlyDictionary<string, string> EventNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the unit of an integer time column.</summary>
    /// <value>The default is <see cref="IntegerTime.Seconds"/>.</value>
    public IntegerTime IntegerTime { get; init; } = IntegerTime.Seconds;

    /// <summary>Gets the zone of times that carry none; null = such times are refused.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Gets how rows that are new or changed are told from those that were read before; null = all are read every time.</summary>
    public SourceChanges? Changes { get; init; }
}

/// <summary>Unit of integer times since 1970-01-01 UTC; the numeric value is its length in microseconds.</summary>
public enum IntegerTime
{
    /// <summary>Microseconds.</summary>
    Microseconds = 1,

    /// <summary>Milliseconds.</summary>
    Milliseconds = 1_000,

    /// <summary>Seconds.</summary>
    Seconds = 1_000_000,
}

/// <summary>Where titles and categories of items come from.</summary>
public sealed record ItemSource
{
    /// <summary>Gets what the source is called in messages: <c>items (public.movies)</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the table, view or query.</summary>
    public required SourceRelation Relation { get; init; }

    /// <summary>Gets the column of the item id.</summary>
    public required string Item { get; init; }

    /// <summary>Gets what the ids are, in messages.</summary>
    public string Role { get; init; } = "item";

    /// <summary>Gets the column of the title; optional.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the column of the categories; optional.</summary>
    public string? Categories { get; init; }

    /// <summary>Gets what separates categories; null = the whole text is one category.</summary>
    public string? Separator { get; init; }
}

/// <summary>Where an attribute of the users comes from.</summary>
/// <param name="Label">What it is called in messages: <c>evaluate.segments (public.customers)</c>.</param>
/// <param name="Relation">The table, view or query.</param>
/// <param name="User">The column of the user id.</param>
/// <param name="Segment">The column of the attribute.</param>
public sealed record SegmentSource(string Label, SourceRelation Relation, string User, string Segment)
{
    /// <summary>Returns the source as one of items with a category: rows are read the same way.</summary>
    public ItemSource AsItems() => new() { Label = Label, Relation = Relation, Item = User, Categories = Segment, Role = "user" };
}

/// <summary>A query whose rows may not be recommended.</summary>
/// <param name="Label">What it is called in messages: <c>exclude.items (jobs/queries/hidden.sql)</c>.</param>
/// <param name="Relation">The query; its first column (items) or first two columns (user, item) count.</param>
public sealed record ExclusionSource(string Label, SourceRelation Relation);
