namespace BatchRecs.Store.Extract;

/// <summary>The columns that tell which rows of a source changed.</summary>
sealed record ChangeColumns(SourceColumn Key, SourceColumn Watermark)
{
    /// <summary>Gets the key and the watermark of the relation of deleted rows; null where there is none.</summary>
    public ChangeColumns? Deleted { get; init; }
}

/// <summary>Finds the columns that tell which rows changed, and checks that their types can be used.</summary>
static class ChangeBinding
{
    /// <summary>Binds the watermark and the key of a source, and those of its relation of deleted rows.</summary>
    /// <returns>The columns, or null and no problem where the time of the event is the watermark.</returns>
    public static async Task<(ChangeColumns? Columns, IReadOnlyList<SourceProblem> Problems)> BindAsync(
        SourceSession session, EventSource source, CancellationToken token)
    {
        if (source.Changes is not { Key: { } key, Watermark: { } watermark } changes)
            return (null, []);
        var (columns, problems) = await BindAsync(session, source, source.Label, source.Relation, key, watermark, token);
        if (columns is null || changes.Deleted is not { } deleted)
            return (columns, problems);
        (var ofDeleted, problems) = await BindAsync(
            session, source, deleted.Label, deleted.Relation, deleted.Key, deleted.Watermark, token);
        if (ofDeleted is not null && IsText(ofDeleted.Key) != IsText(columns.Key))
            problems =
            [
                new SourceProblem(
                    $"{deleted.Label}, column {deleted.Key}",
                    $"keys of type {ofDeleted.Key.TypeName}",
                    $"keys as the source has them: {columns.Key.TypeName}",
                    $"Read the deleted rows through a view or query that casts {deleted.Key}."),
            ];
        return problems.Count > 0 ? (null, problems) : (columns with { Deleted = ofDeleted }, []);
    }

    static async Task<(ChangeColumns? Columns, IReadOnlyList<SourceProblem> Problems)> BindAsync(
        SourceSession session,
        EventSource source,
        string label,
        SourceRelation relation,
        string key,
        string watermark,
        CancellationToken token)
    {
        var (described, problems) = await SourceBinding.DescribeAsync(session, label, relation, [key, watermark], token);
        if (described is null)
            return (null, problems);
        var columns = new ChangeColumns(described[0], described[1]);
        SourceProblem?[] found = [CheckKey(label, columns.Key), CheckWatermark(session, source, label, columns.Watermark)];
        problems = [.. found.OfType<SourceProblem>()];
        return (problems.Count == 0 ? columns : null, problems);
    }

    static SourceProblem? CheckKey(string label, SourceColumn column) => column.IdKind is not null ? null : new SourceProblem(
        $"{label}, column {column.Name}",
        $"a row key of type {column.TypeName}",
        "an integer, uuid, text or varchar",
        $"Read the source through a view or query that casts it: cast({column.Name} as text). Join several columns into one the same way.");

    static SourceProblem? CheckWatermark(SourceSession session, EventSource source, string label, SourceColumn column)
    {
        string where = $"{label}, column {column.Name}";
        var changes = source.Changes!;
        if (changes.IsCounter)
            return column.IsInteger ? null : new SourceProblem(
                where,
                $"type {column.TypeName} and an overlap that is a number",
                "an integer column, or a duration",
                "Write the overlap of a time as a duration, for example: overlap: 2d.");
        if (column.IsInteger && !changes.IsOverlapGiven)
            return new SourceProblem(
                where,
                "an integer and no overlap",
                "an overlap that says what the integer is",
                "Set incremental.overlap of the source: 10000 if the column counts up, 2d if it is a time in timeUnit.");
        return SourceBinding.CheckTime(session, source with { Label = label }, column);
    }

    static bool IsText(SourceColumn column) => column.Form == ColumnForm.Text;
}
