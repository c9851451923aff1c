using Npgsql.PostgresTypes;

namespace BatchRecs.Store.Extract;

/// <summary>How columns of PostgreSQL are selected, so that few binary forms arrive.</summary>
static class PostgresColumns
{
    /// <summary>Tells the form of a type; a domain arrives as the type below it.</summary>
    public static ColumnForm Form(PostgresType type) => type switch
    {
        PostgresArrayType { Element.InternalName: "text" or "varchar" } => ColumnForm.TextArray,
        { InternalName: "int2" } => ColumnForm.Int16,
        { InternalName: "int4" } => ColumnForm.Int32,
        { InternalName: "int8" } => ColumnForm.Int64,
        { InternalName: "uuid" } => ColumnForm.Uuid,
        { InternalName: "text" or "varchar" or "bpchar" or "citext" } => ColumnForm.Text,
        { InternalName: "float4" or "float8" or "numeric" } => ColumnForm.Real,
        { InternalName: "timestamptz" } => ColumnForm.Instant,
        { InternalName: "timestamp" or "date" } => ColumnForm.Local,
        _ => ColumnForm.Other,
    };

    /// <summary>Names a column of the relation q.</summary>
    public static string Qualified(string column) => $"q.{Database.Quote(column)}";

    /// <summary>Lists the expressions that deliver columns in the form in which they are to be read; an absent column is null.</summary>
    public static string Select(IEnumerable<SourceColumn?> columns) => string.Join(", ", columns.Select(column => column switch
    {
        null => "null::text",
        { IsInteger: true } => $"{Qualified(column.Name)}::bigint",
        { Form: ColumnForm.Uuid or ColumnForm.Instant } => Qualified(column.Name),
        { Form: ColumnForm.Local } => $"{Qualified(column.Name)}::timestamp",
        { Form: ColumnForm.Real } => $"{Qualified(column.Name)}::double precision",
        { Form: ColumnForm.TextArray } => $"array_to_string({Qualified(column.Name)}, chr({(int)ItemReader.ArraySeparator}))",
        _ => $"{Qualified(column.Name)}::text",
    }));
}
