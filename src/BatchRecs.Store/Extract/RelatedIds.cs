using BatchRecs.Core.Data;
using BatchRecs.Core.Errors;

namespace BatchRecs.Store.Extract;

/// <summary>Checks ids that refer to those of the events.</summary>
static class RelatedIds
{
    /// <summary>Returns the kind of the ids in a column.</summary>
    /// <exception cref="InputDataException">They are no ids, or cannot be compared with those of the events.</exception>
    public static IdKind Check(string label, string role, SourceColumn column, IdKind eventKind)
    {
        if (SourceBinding.CheckId(label, role, column) is { } problem)
            throw SourceBinding.Fail([problem]);
        var kind = column.IdKind!.Value;
        if (IdColumnBuilder.Comparable(kind, eventKind))
            return kind;
        throw SourceBinding.Fail([new SourceProblem(
            $"{label}, column {column.Name}",
            $"{role} ids that are {IdColumnBuilder.Word(kind)} ({column.TypeName})",
            $"{IdColumnBuilder.Word(eventKind)}, as in the events",
            "Read it through a view or query that casts the column.")]);
    }
}
