using System.Data.Common;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>The columns of an event source with their types, all fit for their use.</summary>
sealed record BoundColumns(SourceColumn User, SourceColumn Item, SourceColumn Time, SourceColumn? Value, SourceColumn? Event)
{
    /// <summary>Gets the key and the watermark of the rows; null where the time of the event is the watermark.</summary>
    public ChangeColumns? Changes { get; init; }

    /// <summary>Gets the columns in the order in which events are read.</summary>
    public IReadOnlyList<SourceColumn?> All => Changes is null
        ? [User, Item, Time, Value, Event]
        : [User, Item, Time, Value, Event, Changes.Key, Changes.Watermark];
}

/// <summary>Finds the columns that a source names and checks that their types can be used.</summary>
static class SourceBinding
{
    const string IdTypes = "smallint, int, bigint, uuid, text or varchar";

    /// <summary>Binds an event source.</summary>
    /// <returns>The columns, or the problems that prevent it.</returns>
    public static async Task<(BoundColumns? Columns, IReadOnlyList<SourceProblem> Problems)> BindAsync(
        SourceSession session, EventSource source, CancellationToken token)
    {
        string[] names = [.. new[] { source.User, source.Item, source.Time, source.Value, source.Event }.OfType<string>()];
        var (changes, changeProblems) = await ChangeBinding.BindAsync(session, source, token);
        var (described, problems) = await DescribeAsync(session, source.Label, source.Relation, names, token);
        if (described is null)
            return (null, problems);

        var columns = new BoundColumns(
            described[0],
            described[1],
            described[2],
            source.Value is null ? null : described[3],
            source.Event is null ? null : described[^1] with { Form = ColumnForm.Text })
        {
            Changes = changes,
        };
        SourceProblem?[] found =
        [
            CheckId(source.Label, "user", columns.User),
            CheckId(source.Label, "item", columns.Item),
            CheckTime(session, source, columns.Time),
            CheckValue(source.Label, columns.Value),
        ];
        problems = [.. found.OfType<SourceProblem>(), .. changeProblems];
        return (problems.Count == 0 ? columns : null, problems);
    }

    /// <summary>Describes columns of a relation.</summary>
    /// <returns>The columns in the order of their names, or the problems that prevent it.</returns>
    public static async Task<(IReadOnlyList<SourceColumn>? Columns, IReadOnlyList<SourceProblem> Problems)> DescribeAsync(
        SourceSession session, string label, SourceRelation relation, IReadOnlyList<string>? names, CancellationToken token)
    {
        try
        {
            return (await session.DescribeAsync(relation, names, token), []);
        }
        catch (DbException error) when (session.Explain(error, label) is { } problem)
        {
            var missing = names is null ? [] : await MissingColumnsAsync(session, label, relation, names, token);
            return (null, missing.Count > 0 ? missing : [problem]);
        }
    }

    /// <summary>Checks that a column can hold ids.</summary>
    public static SourceProblem? CheckId(string label, string role, SourceColumn column) =>
        column.IdKind is not null ? null : new SourceProblem(
        $"{label}, column {column.Name}",
        $"{role} ids of type {column.TypeName}",
        IdTypes,
        $"Read the source through a view or query that casts it: cast({column.Name} as text). "
            + "Make one column of a composite key the same way.");

    /// <summary>Ends the run because of problems.</summary>
    public static InputDataException Fail(IEnumerable<SourceProblem> problems) => new(string.Join(Environment.NewLine, problems));

    /// <summary>Checks that a column can hold times.</summary>
    public static SourceProblem? CheckTime(SourceSession session, EventSource source, SourceColumn column)
    {
        bool known = column.Form is ColumnForm.Instant or ColumnForm.Local || column.IsInteger
            || (column.Form == ColumnForm.Text && session.HasTextTimes);
        string where = $"{source.Label}, column {column.Name}";
        if (!known)
            return new SourceProblem(
                where,
                $"a time of type {column.TypeName}",
                session.TimeTypes,
                $"Read the source through a view or query that casts {column.Name}.");
        return column.Form == ColumnForm.Local && source.TimeZone is null
            ? NoZone(where, $"type {column.TypeName}, which has no time zone")
            : null;
    }

    /// <summary>Says that times without a zone need one.</summary>
    public static SourceProblem NoZone(string where, string found) => new(
        where,
        found,
        "the zone in which these times are meant",
        "Set timeZone in the job file, for example: timeZone: Europe/Berlin (or UTC).");

    static SourceProblem? CheckValue(string label, SourceColumn? column) =>
        column is null || column.IsInteger || column.Form == ColumnForm.Real ? null : new SourceProblem(
            $"{label}, column {column.Name}",
            $"a value of type {column.TypeName}",
            "a number",
            $"Read the source through a view or query that casts it: cast({column.Name} as double precision).");

    static async Task<IReadOnlyList<SourceProblem>> MissingColumnsAsync(
        SourceSession session, string label, SourceRelation relation, IReadOnlyList<string> names, CancellationToken token)
    {
        try
        {
            string[] there = [.. (await session.DescribeAsync(relation, columns: null, token)).Select(column => column.Name)];
            return [.. names.Except(there, session.ColumnNames).Select(name => new SourceProblem(
                $"{label}, column {name}",
                $"no such column among {string.Join(", ", there)}",
                "a column that exists",
                "Check the name; it is taken as written, capital letters included."))];
        }
        catch (DbException error) when (session.Explain(error, label) is not null)
        {
            return [];
        }
    }
}
