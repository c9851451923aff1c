using BatchRecs.Core.Data;

namespace BatchRecs.Store.Extract;

/// <summary>What the values of a column are, as far as reading them needs to know.</summary>
enum ColumnForm
{
    /// <summary>16-bit integers.</summary>
    Int16,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>64-bit integers.</summary>
    Int64,

    /// <summary>Uuids.</summary>
    Uuid,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Arrays of text.</summary>
    TextArray,

    /// <summary>Floating-point or decimal numbers.</summary>
    Real,

    /// <summary>Times that carry a zone or are UTC.</summary>
    Instant,

    /// <summary>Times and dates without a zone.</summary>
    Local,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A column as the store describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type in the store's words.</param>
/// <param name="Form">Its type in ours.</param>
sealed record SourceColumn(string Name, string TypeName, ColumnForm Form)
{
    /// <summary>Gets the kind of ids in this column, or null if it cannot hold ids.</summary>
    public IdKind? IdKind => Form switch
    {
        ColumnForm.Int16 => Core.Data.IdKind.Int16,
        ColumnForm.Int32 => Core.Data.IdKind.Int32,
        ColumnForm.Int64 => Core.Data.IdKind.Int64,
        ColumnForm.Uuid => Core.Data.IdKind.Uuid,
        ColumnForm.Text => Core.Data.IdKind.Text,
        _ => null,
    };

    /// <summary>Gets a value indicating whether the column holds integers.</summary>
    public bool IsInteger => Form <= ColumnForm.Int64;
}

/// <summary>How ids come back out of the tables of a release.</summary>
static class StoredIdForms
{
    extension(IdKind kind)
    {
        /// <summary>Gets the form of a column of ids: integers of all widths are read as one.</summary>
        public ColumnForm Form => kind switch
        {
            IdKind.Uuid => ColumnForm.Uuid,
            IdKind.Text => ColumnForm.Text,
            _ => ColumnForm.Int64,
        };
    }
}
